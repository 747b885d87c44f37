/** One panel: the matter it is about, who was drawn, and one's own vote. */
import { useQuery } from '@tanstack/react-query'
import { panelQuery, type Panel } from '../data/panels.ts'
import { MyPart, PanelFacts } from '../features/panel/panel.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Back } from '../ui/back.tsx'
import { Found } from '../ui/found.tsx'
import { Section } from '../ui/section.tsx'
import { useTitle } from '../ui/use-title.ts'
import { Matter } from './matter.tsx'

export function PanelPage({ id }: { readonly id: string }) {
  const query = useQuery(panelQuery(id))
  useTitle(t.panels.title)
  return (
    <div className="space-y-6">
      <Back href={addressOf({ page: 'home' })}>{t.mission.back}</Back>
      <h1 className="text-3xl font-semibold tracking-tight">{t.panels.title}</h1>
      <Found query={query} id={id} missing={t.panels.notFound}>
        {(panel) => <Opened panel={panel} />}
      </Found>
    </div>
  )
}

function Opened({ panel }: { readonly panel: Panel }) {
  return (
    <div className="space-y-12">
      <Section id="panel" title={t.panels.seats}>
        <PanelFacts panel={panel} />
      </Section>
      {panel.appeal === null ? null : (
        <p>
          <a className="link" href={addressOf({ page: 'appeal', id: panel.appeal })}>
            {t.panels.toAppeal}
          </a>
        </p>
      )}
      {panel.mission === null ? null : <Matter mission={panel.mission} task={panel.task ?? ''} />}
      <section aria-label={t.panels.yours} id="vote">
        <MyPart panel={panel} />
      </section>
    </div>
  )
}
