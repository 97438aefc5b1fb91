// The process of MjpegServer (mjpegServer.ts): OpenCV opens streams on the thread that asks, so a
// camera in the same process could not answer. Messages: {jpegs, periodMs, port} first, then
// {mode}, {status}, {cut}, {listen}; each is acknowledged.
import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { setInterval } from 'node:timers'

const BOUNDARY = 'roadward'

/** @type {{ mode: 'play' | 'stall' | 'mute' | 'drip', onlyGet: boolean, status: number, type: string, sent: number }} */
const state = {
  mode: 'play',
  onlyGet: false,
  status: 200,
  type: `multipart/x-mixed-replace;boundary=${BOUNDARY}`,
  sent: 0,
}
/** @type {Set<import('node:http').ServerResponse>} */
const viewers = new Set()
/** @type {Set<import('node:net').Socket>} */
const sockets = new Set()
/** @type {Buffer[]} */
let jpegs = []
let port = 0

const server = createServer((request, response) => {
  if (state.mode === 'mute' || (state.onlyGet && request.method !== 'GET')) return
  response.on('error', () => undefined)
  if (state.status !== 200) {
    response.writeHead(state.status).end()
    return
  }
  if (!state.type.startsWith('multipart')) {
    response.writeHead(200, { 'content-type': state.type, 'content-length': 4 }).end('file')
    return
  }
  response.writeHead(200, { 'content-type': state.type }).flushHeaders()
  viewers.add(response)
  response.on('close', () => viewers.delete(response))
})

server.on('connection', (socket) => {
  sockets.add(socket)
  socket.on('error', () => undefined)
  socket.on('close', () => sockets.delete(socket))
})

function sendPicture() {
  if (state.mode === 'drip') for (const viewer of viewers) viewer.write('-')
  const jpeg = jpegs[state.sent % jpegs.length]
  if (state.mode !== 'play' || jpeg === undefined) return
  state.sent++
  const head = `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.byteLength}\r\n\r\n`
  for (const viewer of viewers)
    viewer.write(Buffer.concat([Buffer.from(head), jpeg, Buffer.from('\r\n')]))
}

function cut() {
  for (const socket of sockets) socket.destroy()
}

/** @param {boolean} on */
async function listen(on) {
  if (on) {
    await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  } else {
    cut()
    await new Promise((resolve) => server.close(resolve))
  }
}

/**
 * @typedef {object} Message
 * @property {string[]} [jpegs] pictures in base64
 * @property {string[]} [show] other pictures from now on, in base64
 * @property {number} [periodMs]
 * @property {object} [state]
 * @property {boolean} [cut]
 * @property {boolean} [listen]
 */

process.on('message', async (/** @type {Message} */ message) => {
  if (message.jpegs) {
    jpegs = message.jpegs.map((text) => Buffer.from(text, 'base64'))
    setInterval(sendPicture, message.periodMs)
  }
  if (message.show) jpegs = message.show.map((text) => Buffer.from(text, 'base64'))
  if (message.state) Object.assign(state, message.state)
  if (message.cut) cut()
  if (message.listen !== undefined) await listen(message.listen)
  process.send?.({ port })
})

process.on('disconnect', () => process.exit())
