/** Places to write in, each with its label. */
import { useId, type ComponentProps, type ReactNode } from 'react'

const LOOK = 'block w-full rounded-lg border border-edge bg-raised px-3 py-2'

type Props = {
  readonly label: string
  readonly about?: ReactNode
  readonly value: string
  readonly isLabelHidden?: boolean
  readonly className?: string
  readonly onWrite: (value: string) => void
}

type FieldProps = Props & Pick<ComponentProps<'input'>, 'inputMode' | 'disabled' | 'placeholder'>

export function Field({ label, about, value, isLabelHidden = false, className = '', onWrite, ...rest }: FieldProps) {
  const id = useId()
  return (
    <div className={`space-y-1.5 ${className}`}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'block font-medium'}>
        {label}
      </label>
      <About id={id}>{about}</About>
      <input
        {...rest}
        id={id}
        className={LOOK}
        placeholder={isLabelHidden ? label : rest.placeholder}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        value={value}
        onChange={({ target }) => onWrite(target.value)}
      />
    </div>
  )
}

type AreaProps = Props & { readonly rows?: number; readonly disabled?: boolean }

export function TextArea({
  label,
  about,
  value,
  isLabelHidden = false,
  className = '',
  onWrite,
  rows = 4,
  disabled,
}: AreaProps) {
  const id = useId()
  return (
    <div className={`max-w-[68ch] space-y-1.5 ${className}`}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'block font-medium'}>
        {label}
      </label>
      <About id={id}>{about}</About>
      <textarea
        id={id}
        rows={rows}
        disabled={disabled}
        className={LOOK}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        value={value}
        onChange={({ target }) => onWrite(target.value)}
      />
    </div>
  )
}

type SelectProps = Props & { readonly options: readonly { readonly value: string; readonly name: string }[] }

export function Select({ label, about, value, className = '', onWrite, options }: SelectProps) {
  const id = useId()
  return (
    <div className={`max-w-[68ch] space-y-1.5 ${className}`}>
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <About id={id}>{about}</About>
      <select
        id={id}
        className={LOOK}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        value={value}
        onChange={({ target }) => onWrite(target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}

function About({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  if (children === undefined) return null
  return (
    <p id={`${id}-about`} className="text-sm text-soft">
      {children}
    </p>
  )
}
