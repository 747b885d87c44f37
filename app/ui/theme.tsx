/** Light, dark, or as the system has it. Remembered in this browser. */
import { useEffect, useState } from 'react'
import { t } from '../text/text.ts'

const THEMES = ['auto', 'light', 'dark'] as const

type Theme = (typeof THEMES)[number]

const KEPT_AS = 'genesis:theme'

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(remembered)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    remember(theme)
  }, [theme])
  return (
    <fieldset className="flex items-center gap-1">
      <legend className="sr-only">{t.theme.label}</legend>
      {THEMES.map((one) => (
        <label
          key={one}
          className="flex min-h-9 items-center gap-1.5 rounded-lg px-2.5 text-sm text-soft has-checked:bg-sunk has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-seal"
        >
          <input type="radio" name="theme" className="sr-only" checked={theme === one} onChange={() => setTheme(one)} />
          {t.theme[one]}
        </label>
      ))}
    </fieldset>
  )
}

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEPT_AS)
    return THEMES.find((theme) => theme === kept) ?? 'auto'
  } catch {
    return 'auto'
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEPT_AS, theme)
  } catch {
    // A browser that keeps nothing shows what its system says.
  }
}
