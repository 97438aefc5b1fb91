import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {import('../../electron/contract/monitorApi.ts').MonitorApi} MonitorApi */
/** @typedef {import('../../electron/contract/monitorApi.ts').MonitorEvent} MonitorEvent */

/**
 * A monitor that is a puppet.
 *
 * @implements {MonitorApi}
 */
export class Puppet {
  /** @type {Set<(event: MonitorEvent) => void>} */
  #listeners = new Set()
  /** @type {string[]} */
  calls = []

  start() {
    this.calls.push('start')
  }

  stop() {
    this.calls.push('stop')
    this.say([{ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 1 }])
  }

  acknowledge() {
    this.calls.push('acknowledge')
  }

  play() {
    this.calls.push('play')
  }

  pause() {
    this.calls.push('pause')
  }

  /** @param {number} tMs */
  seek(tMs) {
    this.calls.push(`seek ${tMs}`)
  }

  /** @param {1 | -1} frames */
  step(frames) {
    this.calls.push(`step ${frames}`)
  }

  /** @param {number} rate */
  setRate(rate) {
    this.calls.push(`rate ${rate}`)
  }

  setSpeed() {
    this.calls.push('speed')
  }

  setPictures() {
    this.calls.push('pictures')
  }

  pictureTaken() {
    this.calls.push('taken')
  }

  /** @param {(event: MonitorEvent) => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Resolves once the screen has asked for it. @param {string} call */
  async asked(call) {
    while (!this.calls.includes(call)) await sleep(10)
  }

  /** @param {readonly MonitorEvent[]} events */
  say(events) {
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }
}
