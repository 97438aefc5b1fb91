import type { ReactElement } from 'react'
import { useSession } from '../context.ts'
import { EventDetail } from './EventDetail.tsx'
import { EventList } from './EventList.tsx'

/** Alerts of the drive; the chosen one with its reasons and its review. */
export function EventsPanel(): ReactElement {
  const chosen = useSession(({ event }) => event !== undefined)
  return (
    <div className={`events${chosen ? ' chosen' : ''}`}>
      <EventList />
      {chosen && <EventDetail />}
    </div>
  )
}
