import { useEffect, useState } from 'react'
import { useSettings } from './appContext.ts'
import { themeAt } from './stores/settings.ts'

/** How often the clock is asked whether it is night. */
const CLOCK_MS = 30_000

/** The theme that is shown now, whether somebody chose it or the clock. */
export function useShownTheme(): 'day' | 'night' {
  const choice = useSettings((settings) => settings.theme)
  const [hour, setHour] = useState(() => new Date().getHours())
  useEffect(() => {
    const timer = setInterval(() => {
      setHour(new Date().getHours())
    }, CLOCK_MS)
    return () => {
      clearInterval(timer)
    }
  }, [])
  return themeAt(choice, hour)
}
