import { describe, expect, it } from 'vitest'
import { Mailbox } from '../../../../electron/engine/capture/mailbox.ts'

class Picture implements Disposable {
  readonly name: string
  freed = false

  constructor(name: string) {
    this.name = name
  }

  [Symbol.dispose](): void {
    this.freed = true
  }
}

async function takeName(mailbox: Mailbox<Picture, string>): Promise<string | undefined> {
  const letter = await mailbox.take()
  return letter?.kind === 'picture' ? letter.picture.name : letter?.message
}

describe('the mailbox', () => {
  it('has room for the latest picture only and frees the one it replaces', async () => {
    const mailbox = new Mailbox<Picture, string>()
    const old = new Picture('old')
    const fresh = new Picture('fresh')
    mailbox.post(old)
    mailbox.post(fresh)
    expect([old.freed, fresh.freed, mailbox.dropped]).toEqual([true, false, 1])
    expect(await takeName(mailbox)).toBe('fresh')
  })

  it('drops no message, and keeps a gap between the pictures before and after it', async () => {
    const mailbox = new Mailbox<Picture, string>()
    mailbox.notify('lost')
    mailbox.post(new Picture('before'))
    mailbox.notify('lost again')
    mailbox.notify('back')
    mailbox.post(new Picture('after'))
    const names = [await takeName(mailbox), await takeName(mailbox), await takeName(mailbox)]
    expect([...names, await takeName(mailbox)]).toEqual(['lost', 'lost again', 'back', 'after'])
  })

  it('lets a waiting reader go when it closes, and frees what lies there and what comes late', async () => {
    const mailbox = new Mailbox<Picture, string>()
    const waiting = takeName(mailbox)
    mailbox.close()
    expect(await waiting).toBeUndefined()
    const late = new Picture('late')
    mailbox.post(late)
    mailbox.notify('late too')
    expect([late.freed, await takeName(mailbox)]).toEqual([true, undefined])
  })
})
