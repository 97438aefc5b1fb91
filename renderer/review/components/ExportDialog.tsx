import { FileArchive, FileCode, FileSpreadsheet, FileText, type LucideIcon } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Choices } from '../../shared/components/Choices.tsx'
import { Modal } from '../../shared/components/Modal.tsx'
import { useSettings } from '../../shared/appContext.ts'
import {
  evidenceUrl,
  FACES,
  FORMATS,
  SEPARATORS,
  usualSeparator,
  reportUrl,
  type Faces,
  type Format,
  type Separator,
  type Subject,
} from '../stores/exports.ts'

const NAMES: Readonly<Record<Format, string>> = {
  html: 'HTML',
  pdf: 'PDF',
  csv: 'CSV',
  jsonl: 'JSON Lines',
}

const ICONS: Readonly<Record<Format, LucideIcon>> = {
  html: FileCode,
  pdf: FileText,
  csv: FileSpreadsheet,
  jsonl: FileCode,
}

export interface ExportDialogProps {
  readonly what: Subject
  readonly onClose: () => void
}

/** Reports and evidence as files; what becomes of faces is asked first. */
export function ExportDialog({ what, onClose }: ExportDialogProps): ReactElement {
  const { t } = useTranslation()
  const language = useSettings((settings) => settings.language)
  const [faces, setFaces] = useState<Faces>('omit')
  const [separator, setSeparator] = useState<Separator>(() => usualSeparator())
  const event = what.kind === 'drive' ? what.event : undefined
  return (
    <Modal title={t('review.export.title')} onClose={onClose}>
      <Choices
        inline
        label={t('review.export.faces')}
        value={faces}
        onChange={(value) => {
          setFaces(FACES.find((each) => each === value) ?? 'omit')
        }}
        choices={FACES.map((value) => ({ value, title: t(`review.export.${value}`) }))}
      />
      <h3 className="export-title">
        {t(what.kind === 'drive' ? 'review.export.drive' : 'review.export.period')}
      </h3>
      <div className="exports">
        {FORMATS.map((format) => {
          const Icon = ICONS[format]
          return (
            <a
              key={format}
              className="button"
              download
              href={reportUrl(what, format, { language, faces, separator })}
            >
              <Icon aria-hidden="true" /> {NAMES[format]}
            </a>
          )
        })}
      </div>
      <Choices
        inline
        label={t('review.export.separator')}
        value={separator}
        onChange={(value) => {
          setSeparator(SEPARATORS.find((each) => each === value) ?? 'comma')
        }}
        choices={SEPARATORS.map((value) => ({ value, title: t(`review.export.${value}`) }))}
      />
      {what.kind === 'drive' && (
        <>
          <h3 className="export-title">{t('review.export.evidence')}</h3>
          {event === undefined ? (
            <p className="quiet">{t('review.export.noEvent')}</p>
          ) : (
            <div className="exports">
              <a className="button" download href={evidenceUrl(event, faces)}>
                <FileArchive aria-hidden="true" /> {t('review.export.bundle')}
              </a>
            </div>
          )}
        </>
      )}
      <p className="quiet export-hint">{t('review.export.hint')}</p>
    </Modal>
  )
}
