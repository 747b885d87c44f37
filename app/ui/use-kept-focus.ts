/**
 * Where one step of a form gives way to the next, whatever had the focus is gone. Whoever moves by keyboard or listens
 * goes on at the new step, not at the beginning of the page; a focus that is elsewhere stays there.
 */
import { useEffect, useRef, type RefObject } from 'react'

export function useKeptFocus<T extends HTMLElement>(step: string): RefObject<T | null> {
  const place = useRef<T>(null)
  const before = useRef(step)
  useEffect(() => {
    if (before.current === step) return
    before.current = step
    if (document.activeElement === null || document.activeElement === document.body) place.current?.focus()
  }, [step])
  return place
}
