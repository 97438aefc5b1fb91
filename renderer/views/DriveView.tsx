import type { ReactElement } from 'react'
import { Bars } from '../components/Bars.tsx'
import { Footer } from '../components/Footer.tsx'
import { Header } from '../components/Header.tsx'
import { NoticeLine } from '../components/NoticeLine.tsx'
import { PlaybackBar } from '../components/PlaybackBar.tsx'
import { Picture } from '../components/Picture.tsx'
import { Ribbon } from '../components/Ribbon.tsx'
import { StateCard } from '../components/StateCard.tsx'

/** Everything about the drive: the picture first, then the state, then the reasons. */
export function DriveView(): ReactElement {
  return (
    <div className="screen drive">
      <Header />
      <main>
        <Picture />
        <div className="side">
          <StateCard />
          <Bars />
        </div>
        <Ribbon />
        <PlaybackBar />
        <NoticeLine />
      </main>
      <Footer />
    </div>
  )
}
