import { blurMethods, type BlurMethods } from '../../contract/blur.ts'
import type { Millis } from '../../core/frame.ts'
import { BLUR_ENTRY } from '../paths.ts'
import { RpcProcess } from '../supervision/rpcProcess.ts'

export type Blurrer = RpcProcess<BlurMethods>

const IDLE_MS: Millis = 20_000

/** Makes people unrecognisable; runs only while there is something to do. */
export function openBlurrer(execPath: string = process.execPath): Blurrer {
  return new RpcProcess(blurMethods, {
    name: 'The process that blurs faces',
    code: 'blur-died',
    entry: BLUR_ENTRY,
    args: [],
    execPath,
    idleMs: IDLE_MS,
  })
}
