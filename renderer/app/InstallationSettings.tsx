import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  PublicSettings,
  SettingsNews,
  SettingsPatch,
} from '../../electron/contract/settings.ts'
import { LABEL_LENGTH } from '../../electron/contract/values.ts'
import { useApp, useDrive } from '../shared/appContext.ts'
import { Choices } from '../shared/components/Choices.tsx'
import { LengthLimit } from '../shared/components/LengthLimit.tsx'
import { SwitchRow } from '../shared/components/SwitchRow.tsx'

const DAYS = [7, 30, 90, 365] as const
const GIGABYTES = [5, 20, 100] as const
const PICTURES = ['off', 'clips', 'drive'] as const

export interface InstallationSettingsProps {
  readonly status: SettingsNews
  /** A PIN is to be entered. */
  readonly onPin: () => void
}

/** What holds for this installation, whatever screen looks at it. */
export function InstallationSettings({ status, onPin }: InstallationSettingsProps): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const looking = useDrive((state) => state.role !== 'control')
  const { settings, canAutostart } = status
  const { kiosk, autostart, recording } = settings
  const change = (patch: SettingsPatch): void => {
    api.changeSettings(patch)
  }
  return (
    <fieldset className="section" disabled={looking}>
      <h3>{t('installation.title')}</h3>
      <p className="quiet">{t(looking ? 'choose.looking' : 'installation.hint')}</p>
      <SwitchRow
        label={t('installation.kiosk')}
        hint={t('installation.kioskHint')}
        checked={kiosk}
        disabled={looking}
        onChange={(checked) => {
          change({ kiosk: checked })
        }}
      />
      <PinRow settings={settings} onPin={onPin} />
      {canAutostart && (
        <SwitchRow
          label={t('installation.autostart')}
          checked={autostart}
          disabled={looking}
          onChange={(checked) => {
            change({ autostart: checked })
          }}
        />
      )}
      <Choices
        label={t('installation.recording')}
        value={recording.pictures}
        disabled={looking}
        onChange={(value) => {
          const pictures = PICTURES.find((known) => known === value)
          if (pictures !== undefined) change({ recording: { pictures } })
        }}
        choices={PICTURES.map((value) => ({
          value,
          title: t(`installation.${value}`),
          hint: t(`installation.${value}Hint`),
        }))}
      />
      <Retention settings={settings} disabled={looking} change={change} />
      <LabelFields settings={settings} change={change} />
    </fieldset>
  )
}

function PinRow({
  settings: { hasPin },
  onPin,
}: {
  readonly settings: PublicSettings
  readonly onPin: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  return (
    <div className="switch-row">
      <span>
        {t('installation.pin')}
        <small>{t(hasPin ? 'installation.pinSet' : 'installation.pinNone')}</small>
      </span>
      <div className="buttons">
        {hasPin && (
          <button
            type="button"
            className="button"
            onClick={() => {
              api.changeSettings({ pin: '' })
            }}
          >
            {t('installation.pinRemove')}
          </button>
        )}
        <button type="button" className="button" onClick={onPin}>
          {t(hasPin ? 'installation.pinChange' : 'installation.pinChoose')}
        </button>
      </div>
    </div>
  )
}

interface PartProps {
  readonly settings: PublicSettings
  readonly change: (patch: SettingsPatch) => void
}

function Retention({
  settings: { retention },
  disabled,
  change,
}: PartProps & { readonly disabled: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <Choices
        inline
        label={t('installation.days')}
        value={String(retention.days)}
        disabled={disabled}
        onChange={(value) => {
          change({ retention: { ...retention, days: Number(value) } })
        }}
        choices={including(DAYS, retention.days).map((days) => ({
          value: String(days),
          title: t('installation.daysValue', { days }),
        }))}
      />
      <Choices
        inline
        label={t('installation.gigabytes')}
        value={String(retention.gigabytes)}
        disabled={disabled}
        onChange={(value) => {
          change({ retention: { ...retention, gigabytes: Number(value) } })
        }}
        choices={including(GIGABYTES, retention.gigabytes).map((gigabytes) => ({
          value: String(gigabytes),
          title: t('installation.gigabytesValue', { gigabytes }),
        }))}
      />
    </>
  )
}

/** Somebody may have written another number into the file. */
function including(usual: readonly number[], value: number): readonly number[] {
  return usual.includes(value) ? usual : [...usual, value].toSorted((a, b) => a - b)
}

function LabelFields({ settings: { labels }, change }: PartProps): ReactElement {
  return (
    <div className="columns">
      {(['driver', 'vehicle'] as const).map((key) => (
        <LabelField
          key={`${key} ${labels[key] ?? ''}`}
          name={key}
          kept={labels[key] ?? ''}
          onChange={(value) => {
            const others = { ...labels, [key]: value }
            change({ labels: value === '' ? { ...others, [key]: undefined } : others })
          }}
        />
      ))}
    </div>
  )
}

interface LabelFieldProps {
  readonly name: 'driver' | 'vehicle'
  readonly kept: string
  readonly onChange: (value: string) => void
}

/** Kept when somebody leaves it, not with every letter. */
function LabelField({ name, kept, onChange }: LabelFieldProps): ReactElement {
  const { t } = useTranslation()
  const [value, setValue] = useState(kept)
  const id = useId()
  const keep = (): void => {
    if (value.trim() !== kept) onChange(value.trim())
  }
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t(`installation.${name}`)}
      </label>
      <input
        id={id}
        type="text"
        className="input bare"
        maxLength={LABEL_LENGTH}
        value={value}
        placeholder={t('installation.labelHint')}
        onChange={(event) => {
          setValue(event.target.value)
        }}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === 'Enter') keep()
        }}
      />
      <LengthLimit value={value} length={LABEL_LENGTH} />
    </div>
  )
}
