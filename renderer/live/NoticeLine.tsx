import { useEffect, useState, type ReactElement } from 'react'
import { useDrive } from '../shared/appContext.ts'
import { useProblemWords } from '../shared/components/words.ts'

/** Long enough to read two lines. */
const SHOWN_MS = 8000

/** Told by their own looks already. */
const SHOWN_ELSEWHERE = /^(camera-(lost|covered|dark|overexposed|frozen|starting)|frames-unjudged)$/

/** The newest notice, for a while. */
export function NoticeLine(): ReactElement | undefined {
  const notice = useDrive((state) => state.notice)
  const words = useProblemWords()
  const [seen, setSeen] = useState<number>()
  useEffect(() => {
    if (notice === undefined) return undefined
    const timer = setTimeout(() => {
      setSeen(notice.id)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [notice])
  if (notice === undefined || notice.id === seen) return undefined
  const { severity, code } = notice.problem
  if (SHOWN_ELSEWHERE.test(code)) return undefined
  return (
    <div className={`notice notice-${severity}`} role="status">
      {words(notice.problem)}
    </div>
  )
}
