/** How far a decision has come: four marks on a line, nothing further than the chain says. */
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { STAGES, type Progress, type Stage } from './progress.ts'

export function StageLine({ progress }: { readonly progress: Progress }) {
  const reached = progress.reached === 'none' ? -1 : STAGES.indexOf(progress.reached)
  return (
    <ol aria-label={t.stages.line} className="flex flex-wrap gap-y-2">
      {STAGES.map((stage, index) => (
        <li
          key={stage}
          aria-current={index === reached ? 'step' : undefined}
          data-stage={stage}
          data-reached={index <= reached}
          className="flex items-center"
        >
          {index === 0 ? null : (
            <span aria-hidden="true" className={`mx-2 h-px w-4 sm:w-8 ${index <= reached ? 'bg-seal' : 'bg-line'}`} />
          )}
          <Mark
            state={index < reached || stage === progress.reached ? 'done' : index === reached + 1 ? 'next' : 'later'}
          />
          <span className={`ml-1.5 ${index <= reached ? 'font-medium text-ink' : 'text-soft'}`}>
            {nameOf(stage, progress)}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Mark({ state }: { readonly state: 'done' | 'next' | 'later' }) {
  if (state === 'done') {
    return (
      <span className="flex size-6 items-center justify-center rounded-full bg-seal text-on-seal">
        <Icon name="check" className="size-4" />
      </span>
    )
  }
  const breathes =
    state === 'next' ? 'border-seal motion-safe:animate-[breathe_2s_ease-in-out_infinite]' : 'border-line'
  return <span aria-hidden="true" className={`size-6 rounded-full border-2 ${breathes}`} />
}

function nameOf(stage: Stage, { verdict }: Progress): string {
  return stage === 'recorded' ? t.stages.recorded[verdict ?? 'approve'] : t.stages[stage]
}
