/** A hash, whole, in groups of eight that the eye can compare with a wallet's screen. */
import { useState } from 'react'
import { groups, short } from '../format/hash.ts'
import { t } from '../text/text.ts'

export function Hash({ value }: { readonly value: string }) {
  const { prefix, groups: parts } = groups(value)
  return (
    <span className="hash inline-flex flex-wrap gap-x-[0.6ch]">
      {prefix === '' ? null : <span className="text-soft">{prefix}</span>}
      {parts.map((part, index) => (
        // Groups of one hash: their place is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index}>{part}</span>
      ))}
    </span>
  )
}

/** For lists, where the whole stands one step away. */
export function ShortHash({ value }: { readonly value: string }) {
  return (
    <span className="hash" title={value}>
      {short(value)}
    </span>
  )
}

export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <button
      type="button"
      className="link min-h-6 text-sm"
      aria-label={`${t.record.copy}: ${what}`}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      <span aria-live="polite">{copied ? t.record.copied : t.record.copy}</span>
    </button>
  )
}
