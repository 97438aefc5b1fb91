import type { EngineEventOf } from '../../../electron/contract/events.ts'
import type { DriveRequest, MonitorEvent } from '../../../electron/contract/monitorApi.ts'
import type { SettingsNews } from '../../../electron/contract/settings.ts'
import type { Role } from '../../../electron/contract/web.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import type { DriverState } from '../../../electron/core/monitor/driverState.ts'
import { unreachable } from '../../../electron/core/unreachable.ts'

/** What the way to the monitor has to say, beside the monitor itself. */
export type LinkEvent =
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'starting'; readonly request: DriveRequest }
  | { readonly type: 'refused'; readonly problem: Problem }
  | ({ readonly type: 'settings' } & SettingsNews)
  /** This screen has acknowledged: shown at once, before the next frame confirms it. */
  | { readonly type: 'acknowledged' }

type Link = 'connecting' | 'open' | 'lost'
export type ScreenEvent = MonitorEvent | LinkEvent
type Phase = 'idle' | 'starting' | 'running' | 'ended' | 'failed'
export type PredictionEvent = EngineEventOf<'prediction'>
export type AlertEvent = EngineEventOf<'alert'>
export type PlaybackEvent = EngineEventOf<'playback'>

/** An acknowledgement that no frame has confirmed by then is lost: the alert speaks again. */
const CONFIRM_WITHIN_MS = 1000

interface Notice {
  /** Counts up, so that the same words twice are told twice. */
  readonly id: number
  readonly problem: Problem
}

/** All that the screen knows of a drive, but for the last minute's curve and the picture. */
export interface DriveState {
  readonly link: Link
  readonly role: Role | undefined
  /** Settings of the installation; undefined until the shell has told them. */
  readonly installation: SettingsNews | undefined
  readonly phase: Phase
  readonly request: DriveRequest | undefined
  readonly opened: EngineEventOf<'opened'> | undefined
  /** Of a set of drives: whose this is. */
  readonly label: string | undefined
  /** How a recording is being played; undefined for live sources. */
  readonly playback: PlaybackEvent | undefined
  readonly prediction: PredictionEvent | undefined
  readonly driver: DriverState
  readonly blindReason: string | undefined
  /** The alert that is up. */
  readonly alert: AlertEvent | undefined
  /** Until this time of the drive frames may not know yet of this screen's acknowledgement. */
  readonly acknowledgedUntilMs: number
  /** Alerts that rose in this drive. */
  readonly alerts: number
  /** Why the drive failed. */
  readonly problem: Problem | undefined
  readonly notice: Notice | undefined
}

const NEW_DRIVE = {
  opened: undefined,
  label: undefined,
  prediction: undefined,
  driver: 'blind',
  blindReason: 'starting',
  alert: undefined,
  acknowledgedUntilMs: 0,
  alerts: 0,
  problem: undefined,
} as const satisfies Partial<DriveState>

export const INITIAL_DRIVE: DriveState = {
  ...NEW_DRIVE,
  link: 'connecting',
  role: undefined,
  installation: undefined,
  phase: 'idle',
  request: undefined,
  playback: undefined,
  notice: undefined,
}

/** One event, pure. */
export function reduce(state: DriveState, event: ScreenEvent): DriveState {
  switch (event.type) {
    case 'link':
      return { ...state, link: event.link }
    case 'role':
      return { ...state, role: event.role }
    case 'starting':
      return {
        ...state,
        ...NEW_DRIVE,
        phase: 'starting',
        playback: undefined,
        request: event.request,
        notice: undefined,
      }
    case 'settings':
      return { ...state, installation: event }
    case 'refused':
      return noticed(state, event.problem)
    case 'acknowledged':
      return {
        ...withAcknowledged(state, true),
        acknowledgedUntilMs: (state.prediction?.tMs ?? 0) + CONFIRM_WITHIN_MS,
      }
    case 'opened':
      return { ...state, phase: 'running', opened: event }
    case 'drive':
      return { ...state, ...NEW_DRIVE, opened: state.opened, label: event.label }
    case 'jump':
      return { ...state, ...NEW_DRIVE, opened: state.opened, label: state.label }
    case 'playback':
      return { ...state, playback: event }
    case 'prediction':
      return predicted(state, event)
    case 'alert':
      return { ...state, alert: event, acknowledgedUntilMs: 0, alerts: state.alerts + 1 }
    case 'cleared':
      return { ...state, alert: undefined }
    case 'state':
      return {
        ...state,
        driver: event.state,
        blindReason: event.state === 'blind' ? event.reason : undefined,
      }
    case 'notice':
      return noticed(state, event.problem)
    case 'ended':
      return { ...state, phase: 'ended', playback: undefined, alert: undefined }
    case 'failed':
      return {
        ...state,
        phase: 'failed',
        playback: undefined,
        alert: undefined,
        problem: event.problem,
      }
    case 'picture':
      return state
    default:
      return unreachable(event)
  }
}

function predicted(state: DriveState, prediction: PredictionEvent): DriveState {
  const { status } = prediction
  const next = {
    ...state,
    prediction,
    driver: status.driver,
    blindReason: status.blindReason,
    alert: status.level === undefined ? undefined : state.alert,
  }
  const unconfirmed = prediction.tMs < state.acknowledgedUntilMs
  return withAcknowledged(next, status.acknowledged || unconfirmed)
}

function withAcknowledged(state: DriveState, acknowledged: boolean): DriveState {
  const { alert } = state
  if (alert === undefined || alert.acknowledged === acknowledged) return state
  return { ...state, alert: { ...alert, acknowledged } }
}

function noticed(state: DriveState, problem: Problem): DriveState {
  return { ...state, notice: { id: (state.notice?.id ?? 0) + 1, problem } }
}
