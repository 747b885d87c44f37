/** Statements, each confirmed for itself. */
type Props = {
  readonly legend: string
  readonly options: readonly string[]
  readonly checked: readonly boolean[]
  readonly disabled?: boolean
  readonly onCheck: (checked: readonly boolean[]) => void
}

export function Checks({ legend, options, checked, disabled = false, onCheck }: Props) {
  return (
    <fieldset className="space-y-2" disabled={disabled}>
      <legend className="text-lg font-semibold">{legend}</legend>
      {options.map((words, index) => (
        <label key={words} className="flex min-h-9 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 shrink-0 accent-seal"
            checked={checked[index] === true}
            onChange={({ target }) => onCheck(checked.with(index, target.checked))}
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
