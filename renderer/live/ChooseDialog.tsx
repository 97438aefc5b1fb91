import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveRequest } from '../../electron/contract/monitorApi.ts'
import type { Catalog } from '../../electron/contract/web.ts'
import { useApp, useDrive } from '../shared/appContext.ts'
import { sourceName } from '../shared/format/numbers.ts'
import { CatalogModal, EnsembleField, PresetField } from '../shared/components/CatalogModal.tsx'
import { Choices } from '../shared/components/Choices.tsx'
import { SwitchRow } from '../shared/components/SwitchRow.tsx'

/** Source, networks, preset and side of the wheel; then the drive begins. */
export function ChooseDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <CatalogModal
      title={t('choose.title')}
      onClose={onClose}
      form={(catalog) => <Form catalog={catalog} onClose={onClose} />}
    />
  )
}

interface Draft {
  readonly uri: string
  readonly other: string
  readonly directory: string
  readonly preset: string
  readonly mirror: boolean
}

const OTHER = ''

function firstDraft(catalog: Catalog, last: DriveRequest | undefined): Draft {
  const usable = catalog.sources.filter(({ obstacle }) => obstacle === undefined)
  const listed = catalog.sources.some(({ uri }) => uri === last?.source.uri)
  return {
    uri: listed ? (last?.source.uri ?? OTHER) : (usable[0]?.uri ?? OTHER),
    other: listed ? '' : (last?.source.uri ?? ''),
    directory:
      last?.ensemble.directory ??
      catalog.ensembles.find(({ problem }) => problem === undefined)?.directory ??
      '',
    preset: last?.preset.id ?? catalog.presets[0]?.id ?? '',
    mirror: last?.source.options.mirror ?? false,
  }
}

function Form({
  catalog,
  onClose,
}: {
  readonly catalog: Catalog
  readonly onClose: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const last = useDrive((state) => state.request) ?? catalog.chosen
  const looking = useDrive((state) => state.role !== 'control')
  const [draft, setDraft] = useState(() => firstDraft(catalog, last))
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part })
  }
  const uri = draft.uri === OTHER ? draft.other.trim() : draft.uri
  const preset = catalog.presets.find(({ id }) => id === draft.preset)
  const ready = uri !== '' && draft.directory !== '' && preset !== undefined && !looking
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        api.start(requestOf(draft, uri, preset, last))
        onClose()
      }}
    >
      <div className="columns">
        <div>
          <SourceField catalog={catalog} draft={draft} change={change} />
          <MirrorField draft={draft} change={change} />
        </div>
        <div>
          <EnsembleField
            catalog={catalog}
            value={draft.directory}
            onChange={(directory) => {
              change({ directory })
            }}
          />
          <PresetField
            explained
            catalog={catalog}
            value={draft.preset}
            onChange={(id) => {
              change({ preset: id })
            }}
          />
        </div>
      </div>
      <div className="buttons">
        {looking && <p className="quiet">{t('choose.looking')}</p>}
        <button type="submit" className="button primary" disabled={!ready}>
          {t('choose.start')}
        </button>
      </div>
    </form>
  )
}

function requestOf(
  draft: Draft,
  uri: string,
  preset: DriveRequest['preset'],
  last: DriveRequest | undefined,
): DriveRequest {
  // What only the command line can say (rotation, region) goes with the source it was said of.
  const options = last?.source.uri === uri ? last.source.options : {}
  return {
    source: { uri, options: { ...options, mirror: draft.mirror } },
    ensemble: { ...last?.ensemble, directory: draft.directory, allowBroken: false },
    preset,
    speed: 'realtime',
  }
}

interface FieldProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}

function SourceField({
  catalog,
  draft,
  change,
}: FieldProps & { readonly catalog: Catalog }): ReactElement {
  const { t } = useTranslation()
  const known = catalog.sources.map(({ uri, kind, name, obstacle }) => ({
    value: uri,
    title: kind === 'demo' ? t('choose.demo') : kind === 'given' ? sourceName(uri) : name,
    hint: obstacle === undefined ? (kind === 'camera' ? uri : undefined) : t('choose.broken'),
    disabled: obstacle !== undefined,
  }))
  return (
    <>
      <Choices
        label={t('choose.source')}
        value={draft.uri}
        onChange={(uri) => {
          change({ uri })
        }}
        choices={[...known, { value: OTHER, title: t('choose.other') }]}
      />
      {draft.uri === OTHER && (
        <input
          type="text"
          className="input"
          aria-label={t('choose.other')}
          placeholder={t('choose.otherHint')}
          value={draft.other}
          onChange={(event) => {
            change({ other: event.target.value })
          }}
        />
      )}
    </>
  )
}

function MirrorField({ draft, change }: FieldProps): ReactElement {
  const { t } = useTranslation()
  return (
    <SwitchRow
      label={t('choose.mirror')}
      hint={t('choose.mirrorHint')}
      checked={draft.mirror}
      onChange={(mirror) => {
        change({ mirror })
      }}
    />
  )
}
