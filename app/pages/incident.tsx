/** One incident, and its resolution. */
import { useQuery } from '@tanstack/react-query'
import { incidentQuery } from '../data/incidents.ts'
import { OneIncident } from '../features/incidents/incidents.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Back } from '../ui/back.tsx'
import { Found } from '../ui/found.tsx'
import { useTitle } from '../ui/use-title.ts'

export function IncidentPage({ id }: { readonly id: string }) {
  const query = useQuery(incidentQuery(id))
  useTitle(t.incidents.title)
  return (
    <div className="space-y-6">
      <Back href={addressOf({ page: 'incidents' })}>{t.incidents.back}</Back>
      <Found query={query} id={id} missing={t.incidents.notFound}>
        {(incident) => <OneIncident incident={incident} />}
      </Found>
    </div>
  )
}
