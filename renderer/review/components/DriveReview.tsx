import * as Tabs from '@radix-ui/react-tabs'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { OpenDriveContext, useOpenDrive, useShownDrive, useSession } from '../context.ts'
import type { OpenDrive } from '../reviewWorkspace.ts'
import { PANELS, type Panel } from '../stores/sessionState.ts'
import { DriveBar } from './DriveBar.tsx'
import { EventsPanel } from './EventsPanel.tsx'
import { FramePanel } from './FramePanel.tsx'
import { Stage } from './Stage.tsx'
import { Timeline } from './Timeline.tsx'
import { Transport } from './Transport.tsx'
import { useReviewKeys } from './useReviewKeys.ts'
import { WhatIfPanel } from './WhatIfPanel.tsx'

/** One drive: picture, timeline, and a panel of alerts, numbers or what-ifs. */
export function DriveReview({ openDrive }: { readonly openDrive: OpenDrive }): ReactElement {
  const open = useShownDrive(openDrive)
  return (
    <OpenDriveContext value={open}>
      <Table />
    </OpenDriveContext>
  )
}

const PANEL_VIEWS = { events: EventsPanel, frame: FramePanel, 'what-if': WhatIfPanel } as const

function Table(): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const panel = useSession((state) => state.panel)
  const compared = useCompared()
  useReviewKeys()
  usePlayer()
  return (
    <>
      <DriveBar />
      <main className={`workspace${compared ? ' compared' : ''}`}>
        <div className="watch">
          <Stage />
          <Transport />
        </div>
        <Tabs.Root
          className="panel"
          value={panel}
          onValueChange={(value) => {
            session.act({ type: 'panel', panel: value as Panel })
          }}
        >
          <Tabs.List className="tabs" aria-label={t('review.panel.label')}>
            {PANELS.map((name) => (
              <Tabs.Trigger key={name} value={name} className="tab">
                {t(`review.panel.${name}`)}
                {name === 'events' && <Unreviewed />}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {PANELS.map((name) => {
            const View = PANEL_VIEWS[name]
            return (
              <Tabs.Content key={name} value={name} className="panel-body" tabIndex={-1}>
                <View />
              </Tabs.Content>
            )
          })}
        </Tabs.Root>
        <Timeline />
      </main>
      <Facts />
    </>
  )
}

function useCompared(): boolean {
  return useSession((state) => state.panel === 'what-if')
}

function Unreviewed(): ReactElement | undefined {
  const { t } = useTranslation()
  const count = useSession(({ drive }) => drive.summary.unreviewed)
  if (count === 0) return undefined
  return (
    <span className="badge" title={t('review.list.unreviewed')}>
      {count}
    </span>
  )
}

/** What made these numbers, quietly. */
function Facts(): ReactElement {
  const { t } = useTranslation()
  const drive = useSession((state) => state.drive)
  const { ensemble, frames } = drive.summary
  return (
    <footer>
      <span>
        {ensemble.id} {ensemble.version} · <b>{t('foot.folds', { count: drive.folds.length })}</b>
      </span>
      <span>{drive.provider.toUpperCase()}</span>
      <span>
        <b>{frames.toLocaleString('en-GB').replaceAll(',', ' ')}</b> {t('review.frames')}
      </span>
      {drive.problems.length > 0 && (
        <span>{t('review.problems', { count: drive.problems.length })}</span>
      )}
      <span className="foot-end">Roadward {drive.programVersion}</span>
    </footer>
  )
}

/** Moves the playhead while it plays. */
function usePlayer(): void {
  const { session } = useOpenDrive()
  useEffect(() => {
    let handle = 0
    let lastMs = 0
    const tick = (nowMs: number): void => {
      // `start` hears of it at once, and must see that this one goes on.
      session.act({ type: 'tick', elapsedMs: Math.min(250, Math.max(0, nowMs - lastMs)) })
      lastMs = nowMs
      handle = session.store.getState().transport.playing ? requestAnimationFrame(tick) : 0
    }
    const start = (): void => {
      if (handle !== 0 || !session.store.getState().transport.playing) return
      lastMs = performance.now()
      handle = requestAnimationFrame(tick)
    }
    start()
    const unsubscribe = session.store.subscribe(start)
    return () => {
      cancelAnimationFrame(handle)
      unsubscribe()
    }
  }, [session])
}
