/** One of a few, all of one size: nothing is chosen beforehand. */
import { useId } from 'react'

type Props<T extends string> = {
  readonly legend: string
  readonly options: readonly { readonly value: T; readonly name: string }[]
  readonly chosen: T | undefined
  readonly onChoose: (value: T) => void
}

export function Choice<T extends string>({ legend, options, chosen, onChoose }: Props<T>) {
  const name = useId()
  return (
    <fieldset className="space-y-2">
      <legend className="text-lg font-semibold">{legend}</legend>
      <div className="flex flex-wrap gap-3">
        {options.map((option) => (
          <label
            key={option.value}
            className="card flex min-h-11 items-center gap-2.5 px-4 has-checked:border-seal has-checked:ring-2 has-checked:ring-seal/40 has-focus-visible:outline-2 has-focus-visible:outline-seal"
          >
            <input
              type="radio"
              name={name}
              className="size-4.5 accent-seal"
              checked={chosen === option.value}
              onChange={() => onChoose(option.value)}
            />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
