import { useEffect } from 'react'
import { t } from '../text/text.ts'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t.name}`
  }, [title])
}
