import type { ReactElement } from 'react'
import { Bars } from './Bars.tsx'
import { Footer } from './Footer.tsx'
import { Header } from '../shared/components/Header.tsx'
import { NoticeLine } from './NoticeLine.tsx'
import { PlaybackBar } from './PlaybackBar.tsx'
import { Picture } from './Picture.tsx'
import { Ribbon } from './Ribbon.tsx'
import { StateCard } from './StateCard.tsx'

/** Everything about the drive: the picture first, then the state, then the reasons. */
export function MonitorView(): ReactElement {
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
