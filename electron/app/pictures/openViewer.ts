import type { Millis } from '../../core/frame.ts'
import { viewerMethods, type ViewerMethods } from '../../contract/viewer.ts'
import { VIEWER_ENTRY } from '../paths.ts'
import { RpcProcess } from '../supervision/rpcProcess.ts'

export type ViewerClient = RpcProcess<ViewerMethods>

/** Reviewing is over when nobody has asked for a picture for so long. */
const IDLE_MS: Millis = 60_000

/** Looks into recordings; runs only while it is asked something. */
export function openViewer(execPath: string = process.execPath): ViewerClient {
  return new RpcProcess(viewerMethods, {
    name: 'The viewer of recordings',
    code: 'viewer-died',
    entry: VIEWER_ENTRY,
    args: [],
    execPath,
    idleMs: IDLE_MS,
  })
}
