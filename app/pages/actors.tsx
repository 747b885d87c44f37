/** Everybody who is known here, with their trust. */
import { useQuery } from '@tanstack/react-query'
import { actorsQuery } from '../data/actors.ts'
import { micro } from '../format/number.ts'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Asked } from '../ui/asked.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { useTitle } from '../ui/use-title.ts'

export function ActorsPage() {
  const query = useQuery(actorsQuery)
  useTitle(t.trust.people)
  return (
    <div className="space-y-5">
      <h1 className="text-3xl font-semibold tracking-tight">{t.trust.people}</h1>
      <p className="max-w-[68ch] text-soft">{t.trust.lead}</p>
      <Asked query={query}>
        {(actors) => (
          <Scroll name={t.trust.table} className="">
            <table className="min-w-full tabular-nums">
              <caption className="sr-only">{t.trust.table}</caption>
              <thead>
                <tr>
                  {[t.trust.who, t.trust.kind, t.trust.facts.organization, t.trust.value].map((name) => (
                    <th key={name} scope="col" className="px-3 py-2 text-left font-semibold">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {actors.map(({ id, kind, organization, trust_micro }) => (
                  <tr key={id} className="border-t border-line">
                    <th scope="row" className="px-3 py-1.5 text-left font-normal">
                      <a className="link" href={addressOf({ page: 'actor', id })}>
                        {id}
                      </a>
                    </th>
                    <td className="px-3 py-1.5">{t.trust.kinds[kind] ?? kind}</td>
                    <td className="px-3 py-1.5">{organization}</td>
                    <td className="px-3 py-1.5">{trust_micro === null ? '' : micro(trust_micro)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Asked>
    </div>
  )
}
