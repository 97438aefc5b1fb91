import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Command } from 'commander'
import open from 'open'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { RoadwardError } from '../../core/errors.ts'
import { dataDir, RENDERER_DIR } from '../../app/paths.ts'
import { createLog } from '../../app/log.ts'
import { SettingsStore } from '../../app/settings/settingsStore.ts'
import { ScreenHost } from '../../app/screens/screenHost.ts'
import { isLoopback } from './origins.ts'
import { WebServer } from './server.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import { printLine } from '../../app/commandLine/output.ts'

export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly exposeToNetwork?: true
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly data?: string
  readonly open?: true
  readonly verbose?: true
}

/** Flags of `serve` beside those of a drive. */
export function addServeOptions(command: Command): Command {
  return command
    .option('--port <number>', 'port to listen on; 0 takes any that is free', parsePort, 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--expose-to-network', 'allow a --host that other computers can reach; needs TLS')
    .option('--tls-cert <file>', 'certificate, PEM')
    .option('--tls-key <file>', 'key of the certificate, PEM')
    .option('--data <directory>', 'where settings and recorded drives are kept')
    .option('--open', 'open the link in the browser, where there is a desktop')
}

/**
 * Serves the screen until the user interrupts or the terminal closes; the engine ends with it.
 *
 * @param drive begins when the first browser is there, if it has a source
 */
export async function serve(
  drive: DriveRequest,
  hasSource: boolean,
  flags: ServeFlags,
): Promise<ExitCode> {
  const tls = tlsOf(flags)
  if (!existsSync(path.join(RENDERER_DIR, 'index.html'))) {
    throw new RoadwardError(
      'renderer-missing',
      'The screen is not built yet.',
      'Run `npm run build:renderer`.',
    )
  }
  const log = createLog(flags.verbose === true)
  const directory = flags.data ?? dataDir()
  await using screenHost = new ScreenHost({
    drive,
    hasSource,
    directory,
    execPath: process.execPath,
    settings: await SettingsStore.open(directory),
    canAutostart: false,
    log,
  })
  const { host, port } = flags
  const onLink = (url: string): void => {
    printLine(`Another screen may look: ${url}`)
  }
  const { hub, api } = screenHost
  const server = new WebServer({ host, port, tls, root: RENDERER_DIR, hub, api, onLink })
  const url = await listen(server, flags)
  // Before the link is out: whoever has read it may interrupt. To the end of the process, so that
  // a terminal that closes with more than one signal does not cut off what is being put away.
  const interruption = new Interruption(['SIGINT', 'SIGTERM', 'SIGHUP'])
  const end = once(interruption.signal, 'abort')
  printLine(`Roadward: ${url}`)
  printLine('The link works once. Ctrl-C ends.')
  if (flags.open === true && hasDesktop()) await open(url)
  await end
  await server.close()
  return EXIT.done
}

/** Linux without a display is a headless vehicle computer: the link is for another screen. */
function hasDesktop(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined
}

async function listen(server: WebServer, { host, port }: ServeFlags): Promise<string> {
  try {
    return await server.listen()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw cause
    const message = `Roadward cannot listen on ${host}, port ${port} (${code}).`
    throw new RoadwardError('listen-failed', message, 'Choose another --port, or leave it out.', {
      cause,
    })
  }
}

function tlsOf({ host, exposeToNetwork, tlsCert, tlsKey }: ServeFlags) {
  if (!isLoopback(host) && (exposeToNetwork !== true || !tlsCert || !tlsKey)) {
    throw new RoadwardError(
      'host-not-loopback',
      `Other computers could reach the screen on ${host}.`,
      'If that is wanted, add --expose-to-network, --tls-cert and --tls-key.',
    )
  }
  if (!tlsCert || !tlsKey) return undefined
  const [cert, key] = [readPem(tlsCert), readPem(tlsKey)]
  checkPair(tlsCert, cert, tlsKey, key)
  return { cert, key }
}

/** Before anything listens: a browser would only say that the connection failed. */
function checkPair(certFile: string, cert: Buffer, keyFile: string, key: Buffer): void {
  const certificate = parsedPem(certFile, 'certificate', () => new X509Certificate(cert))
  const privateKey = parsedPem(keyFile, 'private key', () => createPrivateKey(key))
  if (certificate.checkPrivateKey(privateKey)) return
  throw new RoadwardError(
    'tls-invalid',
    `${keyFile} is not the key of the certificate ${certFile}.`,
    'Name the two files that were made together.',
  )
}

function parsedPem<T>(file: string, what: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw new RoadwardError(
      'tls-invalid',
      `${file} holds no ${what} that can be read.`,
      `Name a PEM file with a ${what}, without a passphrase.`,
      { cause },
    )
  }
}

function readPem(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new RoadwardError('tls-unreadable', `${file} cannot be read.`, 'Check its path.', {
      cause,
    })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new RoadwardError('port-invalid', `"${text}" is no port.`, 'It takes 0 to 65535.')
}
