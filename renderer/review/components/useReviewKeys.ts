import { useEffect } from 'react'
import { reviewStateSchema } from '../../../electron/contract/drives.ts'
import { useApp } from '../../shared/appContext.ts'
import { pressedKey } from '../../shared/pressedKey.ts'
import { useWorkspace, useOpenDrive } from '../context.ts'
import type { ReviewWorkspace, OpenDrive } from '../reviewWorkspace.ts'
import { eventOf } from '../stores/sessionState.ts'
import { lengthOf } from '../stores/window.ts'
import { reviewActionOf, type ReviewKey } from './reviewKeys.ts'

/** How far the arrows move the playhead; with shift a second. */
const FAR_MS = 5000
const NEAR_MS = 1000

/** The keys of an open drive; they come before those of the whole screen. */
export function useReviewKeys(): void {
  const workspace = useWorkspace()
  const openDrive = useOpenDrive()
  const { drive } = useApp()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const alerting = drive.store.getState().alert?.acknowledged === false
      // An alert of the drive under way has the space bar, whatever is being reviewed.
      const key = pressedKey(event)
      if (key === ' ' && alerting) return
      const { ctrlKey, metaKey, altKey, shiftKey } = event
      const press = { key, ctrlKey, metaKey, altKey, shiftKey }
      const action = reviewActionOf(press, usesOf(event.target))
      if (action === undefined) return
      event.preventDefault()
      event.stopPropagation()
      act(action, workspace, openDrive)
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true })
    }
  }, [workspace, openDrive, drive])
}

/** What the focused control does with keys itself. */
function usesOf(target: EventTarget | null): 'all' | 'arrows' | 'press' | 'none' {
  if (!(target instanceof HTMLElement)) return 'none'
  if (target.closest('input, textarea, select, dialog') !== null) return 'all'
  if (target.closest('.scrubber') !== null) return 'none'
  if (target.closest('[role=slider], [role=tab], [role=radio]') !== null) return 'arrows'
  return target.closest('button, a') !== null ? 'press' : 'none'
}

function act(
  action: ReviewKey,
  workspace: ReviewWorkspace,
  { session, heat, reviews }: OpenDrive,
): void {
  const state = session.store.getState()
  const { transport, window } = state
  const event = eventOf(state)
  switch (action) {
    case 'play':
      session.act({ type: 'toggle' })
      return
    case 'last-frame':
    case 'next-frame':
      void session.step(action === 'last-frame' ? -1 : 1)
      return
    case 'back':
    case 'on':
      session.act({ type: 'seek', tMs: transport.tMs + (action === 'on' ? FAR_MS : -FAR_MS) })
      return
    case 'back-little':
    case 'on-little':
      session.act({
        type: 'seek',
        tMs: transport.tMs + (action === 'on-little' ? NEAR_MS : -NEAR_MS),
      })
      return
    case 'start':
      session.act({ type: 'seek', tMs: 0 })
      return
    case 'end':
      session.act({ type: 'seek', tMs: state.drive.summary.durationMs })
      return
    case 'last-event':
    case 'next-event':
      session.act({ type: 'jump', direction: action === 'last-event' ? -1 : 1 })
      return
    case 'unreviewed':
      session.act({ type: 'unreviewed' })
      return
    case 'closer':
      session.act({ type: 'zoom', factor: 0.5 })
      return
    case 'wider':
      session.act({ type: 'zoom', factor: 2 })
      return
    case 'pan-back':
    case 'pan-on':
      session.act({
        type: 'pan',
        byMs: (action === 'pan-on' ? 0.5 : -0.5) * lengthOf(window),
      })
      return
    case 'whole':
      session.act({ type: 'whole' })
      return
    case 'slower':
    case 'faster':
      session.act({ type: 'faster', steps: action === 'faster' ? 1 : -1 })
      return
    case 'clip':
      session.act({ type: 'clip' })
      return
    case 'heat':
      heat.toggle()
      return
    case 'what-if':
      session.act({ type: 'panel', panel: state.panel === 'what-if' ? 'events' : 'what-if' })
      return
    case 'frame':
      session.act({ type: 'panel', panel: state.panel === 'frame' ? 'events' : 'frame' })
      return
    case 'leave':
      if (state.event === undefined) workspace.close()
      else session.act({ type: 'event', id: undefined })
      return
    case '1':
    case '2':
    case '3':
    case '4':
    case '5': {
      const decision = reviewStateSchema.options[Number(action) - 1]
      if (event === undefined || decision === undefined) return
      void reviews.decide(event.id, event.review, decision).then(() => {
        const failed = reviews.drafts.getState()[event.id] !== undefined
        const still = session.store.getState().event === event.id
        if (!failed && still && decision !== 'needs-review') session.act({ type: 'unreviewed' })
      })
    }
  }
}
