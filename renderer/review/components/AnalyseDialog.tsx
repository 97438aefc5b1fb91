import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Catalog } from '../../../electron/contract/web.ts'
import { CatalogModal, EnsembleField, PresetField } from '../../shared/components/CatalogModal.tsx'
import { useProblemWords } from '../../shared/components/words.ts'
import { useWorkspace } from '../context.ts'

/** A recording, the networks and the preset; it is analysed in the background. */
export function AnalyseDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <CatalogModal
      title={t('review.analyse.title')}
      onClose={onClose}
      form={(catalog) => <Form catalog={catalog} onClose={onClose} />}
    />
  )
}

function Form({
  catalog,
  onClose,
}: {
  readonly catalog: Catalog
  readonly onClose: () => void
}): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { analyses } = useWorkspace()
  const problem = useStore(analyses.store, (state) => state.problem)
  const demo = catalog.sources.find(({ kind }) => kind === 'demo')?.uri
  const usable = catalog.ensembles.filter((each) => each.problem === undefined)
  const [uri, setUri] = useState('')
  const [directory, setDirectory] = useState(usable[0]?.directory ?? '')
  const [presetId, setPresetId] = useState(catalog.presets[0]?.id ?? '')
  const preset = catalog.presets.find(({ id }) => id === presetId)
  const id = useId()
  const ready = uri.trim() !== '' && directory !== '' && preset !== undefined
  const start = async (): Promise<void> => {
    if (!ready) return
    const request = { uri: uri.trim(), ensembleDirectory: directory, preset }
    if (await analyses.add(request)) onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <div className="field">
        <label className="field-label" htmlFor={id}>
          {t('review.analyse.path')}
        </label>
        <input
          id={id}
          type="text"
          className="input flat"
          placeholder={t('review.analyse.pathHint')}
          value={uri}
          onChange={({ target }) => {
            setUri(target.value)
          }}
        />
        <small className="quiet">
          {t('review.analyse.hint')}{' '}
          {demo !== undefined && (
            <button
              type="button"
              className="link"
              onClick={() => {
                // Drawn drivers are for the networks that were trained on drawn drivers.
                setUri(demo)
                setDirectory(usable.find((each) => each.id === 'demo')?.directory ?? directory)
              }}
            >
              {t('choose.demo')}
            </button>
          )}
        </small>
      </div>
      <div className="columns">
        <EnsembleField catalog={catalog} value={directory} onChange={setDirectory} />
        <PresetField catalog={catalog} value={presetId} onChange={setPresetId} />
      </div>
      <div className="buttons">
        {problem !== undefined && <p className="fault">{words(problem)}</p>}
        <button type="submit" className="button primary" disabled={!ready}>
          {t('review.analyse.start')}
        </button>
      </div>
    </form>
  )
}
