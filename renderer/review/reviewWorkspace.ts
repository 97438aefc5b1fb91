import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DriveSummary } from '../../electron/contract/drives.ts'
import type { Problem } from '../../electron/core/ports.ts'
import type { Archive } from './archive.ts'
import { problemOf } from './problems.ts'
import { Analyses } from './stores/analyses.ts'
import { DriveListStore } from './stores/driveList.ts'
import { Heat } from './stores/heat.ts'
import { Reviews } from './stores/reviews.ts'
import { Session } from './stores/session.ts'
import { WhatIfStore } from './stores/whatIf.ts'

/** Everything about the drive that lies on the workspace. */
export interface OpenDrive {
  readonly session: Session
  readonly reviews: Reviews
  readonly whatIf: WhatIfStore
  readonly heat: Heat
}

export interface ReviewWorkspaceState {
  /** Identifier of the drive that is open or being opened. */
  readonly drive: number | undefined
  readonly openDrive: OpenDrive | undefined
  readonly problem: Problem | undefined
}

/** Where recorded drives are reviewed: the list, and one of them at a time. */
export class ReviewWorkspace {
  readonly archive: Archive
  readonly store: StoreApi<ReviewWorkspaceState>
  readonly list: DriveListStore
  readonly analyses: Analyses

  constructor(archive: Archive) {
    this.archive = archive
    this.store = createStore<ReviewWorkspaceState>(() => ({
      drive: undefined,
      openDrive: undefined,
      problem: undefined,
    }))
    this.list = new DriveListStore((query) => archive.drives(query))
    this.analyses = new Analyses({
      list: () => archive.analyses(),
      add: (request) => archive.analyse(request),
      cancel: (id) => archive.cancel(id),
      onDone: () => {
        this.list.refresh()
      },
      later: (callback, ms) => setTimeout(callback, ms),
    })
  }

  /** Opens a drive; the newest wish wins. */
  async open(id: number): Promise<void> {
    this.#put(id)
    try {
      const drive = await this.archive.drive(id)
      if (this.store.getState().drive !== id) return
      const session = new Session(drive, (query) => this.archive.predictions(id, query))
      const whatIf = new WhatIfStore(drive, this.#asker(id))
      const openDrive: OpenDrive = {
        session,
        whatIf,
        heat: new Heat((tMs, of) => this.archive.heatMap(id, tMs, of)),
        reviews: new Reviews({
          save: (event, state, note) => this.archive.review(event, state, note),
          onSaved: (event, review) => {
            session.act({ type: 'reviewed', id: event, review })
          },
        }),
      }
      this.store.setState({ openDrive })
      whatIf.offer(await this.#others(drive.summary, drive.sourceHash).catch(() => []))
    } catch (thrown) {
      if (this.store.getState().drive === id) this.store.setState({ problem: problemOf(thrown) })
    }
  }

  /** Back to the list, which may have changed meanwhile. */
  close(): void {
    this.#put(undefined)
    this.list.refresh()
  }

  /** @throws as `Archive` */
  async remove(id: number): Promise<void> {
    await this.archive.remove(id)
    if (this.store.getState().drive === id) this.#put(undefined)
    this.list.refresh()
  }

  #put(drive: number | undefined): void {
    const { openDrive } = this.store.getState()
    openDrive?.session.close()
    openDrive?.whatIf.close()
    openDrive?.heat.close()
    this.store.setState({ drive, openDrive: undefined, problem: undefined })
  }

  #asker(id: number): ConstructorParameters<typeof WhatIfStore>[1] {
    return {
      whatIf: (preset) => this.archive.whatIf(id, preset),
      drive: (other) => this.archive.drive(other),
    }
  }

  /** Drives of the same recording by other networks: they are called alike, and their hashes agree. */
  async #others(
    { id, source, ensemble }: DriveSummary,
    hash: string | undefined,
  ): Promise<readonly DriveSummary[]> {
    if (hash === undefined) return []
    const { drives } = await this.archive.drives({ text: source.name, limit: '20' })
    const candidates = drives.filter(
      (drive) =>
        drive.id !== id &&
        drive.source.name === source.name &&
        (drive.ensemble.id !== ensemble.id || drive.ensemble.version !== ensemble.version),
    )
    const others = await Promise.all(
      candidates.map(async (drive) =>
        (await this.archive.drive(drive.id)).sourceHash === hash ? [drive] : [],
      ),
    )
    return others.flat()
  }
}
