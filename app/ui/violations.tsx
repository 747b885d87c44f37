/** Why the rules say no: what happened and what to do, in words, with the code to pass on. */
import { refusalFor } from '../errors/words.ts'

type Props = { readonly violations: readonly { readonly constraint: string }[]; readonly id?: string }

export function Violations({ violations, id }: Props) {
  return (
    <ul id={id} className="list-disc space-y-1 pl-5">
      {violations.map(({ constraint }) => {
        const { title, what } = refusalFor(constraint)
        return (
          <li key={constraint}>
            {title} {what === undefined ? null : <span className="text-soft">{what} </span>}
            <span className="hash text-soft">{constraint}</span>
          </li>
        )
      })}
    </ul>
  )
}
