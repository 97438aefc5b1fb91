import type { Drive, DriveEvent, Review } from '../../../electron/contract/drives.ts'
import type { PredictionTable } from '../../../electron/contract/predictionTable.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import {
  advanced,
  AT_START,
  eventFrom,
  faster,
  sought,
  toggled,
  type Rate,
  type Transport,
} from './transport.ts'
import {
  around,
  firstWindow,
  following,
  panned,
  showing,
  wholeWindow,
  zoomed,
  type Window,
} from './window.ts'

/** What the panel beside the picture shows. */
export const PANELS = ['events', 'frame', 'what-if'] as const

export type Panel = (typeof PANELS)[number]

/** A drive that is being reviewed. */
export interface SessionState {
  readonly drive: Drive
  readonly transport: Transport
  readonly window: Window
  readonly panel: Panel
  /** Identifier of the event whose reasons are shown. */
  readonly event: number | undefined
  /** The whole drive in means. */
  readonly overview: PredictionTable | undefined
  /** The window and its neighbourhood, as fine as the screen. */
  readonly detail: PredictionTable | undefined
  /** Every frame near the playhead. */
  readonly frames: PredictionTable | undefined
}

export type SessionAction =
  | { readonly type: 'seek'; readonly tMs: Millis }
  | { readonly type: 'tick'; readonly elapsedMs: Millis }
  | { readonly type: 'toggle' }
  | { readonly type: 'pause' }
  | { readonly type: 'rate'; readonly rate: Rate }
  | { readonly type: 'faster'; readonly steps: 1 | -1 }
  | { readonly type: 'clip' }
  | { readonly type: 'zoom'; readonly factor: number; readonly atMs?: Millis }
  | { readonly type: 'pan'; readonly byMs: Millis }
  | { readonly type: 'whole' }
  | { readonly type: 'panel'; readonly panel: Panel }
  | { readonly type: 'event'; readonly id: number | undefined }
  | { readonly type: 'jump'; readonly direction: 1 | -1 }
  | { readonly type: 'unreviewed' }
  | { readonly type: 'reviewed'; readonly id: number; readonly review: Review }
  | { readonly type: 'labelled'; readonly labels: Drive['summary']['labels'] }
  | {
      readonly type: 'table'
      readonly name: 'overview' | 'detail' | 'frames'
      readonly table: PredictionTable
    }

export function openSession(drive: Drive): SessionState {
  return {
    drive,
    transport: AT_START,
    window: firstWindow(drive.summary.durationMs),
    panel: 'events',
    event: undefined,
    overview: undefined,
    detail: undefined,
    frames: undefined,
  }
}

/** One action, pure. */
export function reduce(state: SessionState, action: SessionAction): SessionState {
  const { transport, window, drive } = state
  const { durationMs } = drive.summary
  switch (action.type) {
    case 'seek':
      return {
        ...state,
        transport: sought(transport, action.tMs, durationMs),
        window: showing(window, action.tMs, durationMs),
      }
    case 'tick': {
      const next = advanced(transport, action.elapsedMs, durationMs)
      return { ...state, transport: next, window: following(window, next.tMs, durationMs) }
    }
    case 'toggle':
      return { ...state, transport: toggled(transport, durationMs) }
    case 'pause':
      return transport.playing ? { ...state, transport: { ...transport, playing: false } } : state
    case 'rate':
      return { ...state, transport: { ...transport, rate: action.rate } }
    case 'faster':
      return {
        ...state,
        transport: { ...transport, rate: faster(transport.rate, action.steps) },
      }
    case 'clip':
      return playClip(state)
    case 'zoom':
      return {
        ...state,
        window: zoomed(window, action.atMs ?? transport.tMs, action.factor, durationMs),
      }
    case 'pan':
      return { ...state, window: panned(window, action.byMs, durationMs) }
    case 'whole':
      return { ...state, window: wholeWindow(durationMs) }
    case 'panel':
      return { ...state, panel: action.panel }
    case 'event':
      return selected(state, action.id)
    case 'jump': {
      const at = eventFrom(drive.events, transport.tMs, action.direction)
      return at < 0 ? state : selected(state, drive.events[at]?.id)
    }
    case 'unreviewed':
      return selected(state, nextUnreviewed(state)?.id ?? state.event)
    case 'reviewed':
      return reviewed(state, action.id, action.review)
    case 'labelled': {
      const summary = { ...drive.summary, labels: action.labels }
      return { ...state, drive: { ...drive, summary } }
    }
    case 'table':
      return { ...state, [action.name]: action.table }
  }
}

export function eventOf({ drive, event }: SessionState): DriveEvent | undefined {
  return drive.events.find(({ id }) => id === event)
}

/** What a clip shows: what was kept, or five seconds around where the pictures are all there. */
function clipOf({ sinceMs, tMs, clip }: DriveEvent): {
  readonly fromMs: Millis
  readonly toMs: Millis
} {
  return clip ?? { fromMs: Math.max(0, sinceMs - 5000), toMs: tMs + 5000 }
}

/** The first one that waits after the shown one, or before it. */
function nextUnreviewed({ drive, event }: SessionState): DriveEvent | undefined {
  const at = drive.events.findIndex(({ id }) => id === event)
  const inTurn = [...drive.events.slice(at + 1), ...drive.events.slice(0, Math.max(0, at))]
  return inTurn.find(({ review }) => review.state === 'needs-review')
}

function selected(state: SessionState, id: number | undefined): SessionState {
  const event = state.drive.events.find((one) => one.id === id)
  if (event === undefined) return { ...state, event: undefined }
  const { durationMs } = state.drive.summary
  const { sinceMs, tMs, clearedMs = tMs } = event
  const visible = sinceMs >= state.window.fromMs && clearedMs <= state.window.toMs
  return {
    ...state,
    event: id,
    panel: state.panel === 'frame' ? 'events' : state.panel,
    transport: { ...sought(state.transport, tMs, durationMs), playing: false },
    window: visible ? state.window : around(sinceMs, clearedMs, durationMs),
  }
}

function playClip(state: SessionState): SessionState {
  const event = eventOf(state)
  if (event === undefined) return state
  const { fromMs, toMs } = clipOf(event)
  const { durationMs } = state.drive.summary
  return {
    ...state,
    transport: {
      ...sought(state.transport, fromMs, durationMs),
      playing: true,
      stopMs: Math.min(toMs, durationMs),
    },
  }
}

function reviewed(state: SessionState, id: number, review: Review): SessionState {
  const { drive } = state
  const events = drive.events.map((event) => (event.id === id ? { ...event, review } : event))
  const unreviewed = events.filter((event) => event.review.state === 'needs-review').length
  const summary = { ...drive.summary, unreviewed }
  return { ...state, drive: { ...drive, events, summary } }
}
