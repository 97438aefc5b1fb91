import { describe, expect, it } from 'vitest'
import { LinkApi } from '../../../renderer/shared/api/linkApi.ts'
import type { Link, LinkListener } from '../../../renderer/shared/api/link.ts'
import { createDriveStore } from '../../../renderer/shared/stores/driveStore.ts'
import { opened } from '../../e2e/support/story.mjs'

describe('what a screen hears', () => {
  it('is nothing of what only the supervisor needs, whoever let it through', () => {
    let listener: LinkListener | undefined
    const link: Link = { connect: (listening) => (listener = listening), send: () => undefined }
    const api = new LinkApi(link)
    const drive = createDriveStore(() => 0)
    const heard: string[] = []
    api.subscribe((event) => {
      heard.push(event.type)
      drive.event(event)
    })
    const events = [
      opened(),
      { type: 'input', kind: 'gap', tMs: 100 },
      { type: 'heartbeat' },
      { type: 'busy', what: 'networks', upToMs: 1000 },
      { type: 'hello', pid: 1 },
      { type: 'snapshot', snapshot: { monitor: {}, lastSeq: 0, lastTMs: 0, monotonicMs: 0 } },
    ]
    listener?.text(JSON.stringify({ type: 'events', events }))
    expect(heard).toEqual(['opened'])
  })
})
