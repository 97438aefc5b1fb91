import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '../../../electron/contract/web.ts'
import { useApp } from '../appContext.ts'
import { Choices } from './Choices.tsx'
import { Modal } from './Modal.tsx'

/** A dialog over what there is to choose from, once that is known. */
export function CatalogModal({
  title,
  onClose,
  form,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly form: (catalog: Catalog) => ReactElement
}): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const [catalog, setCatalog] = useState<Catalog>()
  useEffect(() => {
    void api.catalog().then(setCatalog)
  }, [api])
  return (
    <Modal title={title} onClose={onClose}>
      {catalog === undefined ? <p className="quiet">{t('choose.loading')}</p> : form(catalog)}
    </Modal>
  )
}

interface FieldProps {
  readonly catalog: Catalog
  readonly value: string
  readonly onChange: (value: string) => void
}

/** By its folder; broken ones are shown, and not to be had. */
export function EnsembleField({ catalog, value, onChange }: FieldProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Choices
      label={t('choose.ensemble')}
      value={value}
      empty={t('choose.nothing')}
      onChange={onChange}
      choices={catalog.ensembles.map(({ id, directory, title, folds, problem }) => ({
        value: directory,
        title: t(`ensemble.${id}`, { defaultValue: title }),
        hint: problem === undefined ? t('foot.folds', { count: folds }) : t('choose.broken'),
        disabled: problem !== undefined,
      }))}
    />
  )
}

/** By its id. @param explained says what its times are taken from */
export function PresetField({
  catalog,
  value,
  onChange,
  explained = false,
}: FieldProps & { readonly explained?: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <Choices
      label={t('choose.preset')}
      value={value}
      onChange={onChange}
      choices={catalog.presets.map(({ id, title, basis }) => ({
        value: id,
        title: t(`preset.${id}`, { defaultValue: title }),
        hint: explained ? t(`basis.${id}`, { defaultValue: basis }) : undefined,
      }))}
    />
  )
}
