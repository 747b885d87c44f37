/** How a task was done, as its worker signed it, with every file readable in place. */
import { useQuery } from '@tanstack/react-query'
import type { EvidenceStatement } from '../../../protocol/wire/evidence.ts'
import { Artifact } from '../../artifacts/artifact.tsx'
import { evidenceQuery } from '../../data/evidence.ts'
import type { TaskView } from '../../data/missions.ts'
import { moment } from '../../format/time.ts'
import { t } from '../../text/text.ts'
import { Asked } from '../../ui/asked.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Hash } from '../../ui/hash.tsx'
import { Notice } from '../../ui/notice.tsx'

type Props = { readonly task: TaskView; readonly alone: boolean }

export function TaskEvidence({ task, alone }: Props) {
  const { evidence } = task
  return (
    <article className="space-y-4" aria-label={task.title}>
      {alone ? null : <h3 className="text-lg font-semibold">{task.title}</h3>}
      <p className="max-w-[68ch] whitespace-pre-wrap text-soft">{task.instructions}</p>
      {task.rework_reason === null ? null : <Notice tone="heed" title={t.mission.reworkReason(task.rework_reason)} />}
      {evidence === null ? (
        <p className="text-soft">{t.mission.noEvidence}</p>
      ) : (
        <Evidence seq={evidence.seq} digest={evidence.digest} />
      )}
    </article>
  )
}

function Evidence({ seq, digest }: { readonly seq: number; readonly digest: string }) {
  const query = useQuery(evidenceQuery(seq, digest))
  return <Asked query={query}>{(statement) => <Bundle statement={statement} digest={digest} />}</Asked>
}

function Bundle({ statement, digest }: { readonly statement: EvidenceStatement; readonly digest: string }) {
  const { predicate, subject } = statement
  const { reproduction } = predicate
  const method = predicate.method_type
  const environment = Object.entries(reproduction.environment)
  return (
    <div className="space-y-4">
      <Facts>
        <Fact name={t.mission.worker}>
          {predicate.worker}
          {predicate.model_family === undefined ? '' : ` · ${predicate.model_family}`}
          {method === undefined ? '' : ` · ${t.methods[method] ?? method}`}
        </Fact>
        <Fact name={t.mission.work}>
          <span className="whitespace-pre-wrap">{predicate.work}</span>
        </Fact>
        <Fact name={t.mission.worked}>
          {t.mission.workedBetween(moment(predicate.started), moment(predicate.finished))}
        </Fact>
        <Fact name={t.mission.reproduce}>
          {reproduction.command.length === 0 ? (
            t.mission.noCommand
          ) : (
            <code className="hash block overflow-x-auto rounded-md bg-sunk px-3 py-2">
              {reproduction.command.map(quoted).join(' ')}
            </code>
          )}
        </Fact>
        {environment.length === 0 ? null : (
          <Fact name={t.mission.environment}>
            <span className="hash">{environment.map(([name, value]) => `${name}=${value}`).join(' ')}</span>
          </Fact>
        )}
        <Fact name={t.mission.evidenceDigest}>
          <Hash value={digest} />
        </Fact>
      </Facts>
      <div className="space-y-2">
        <h3 className="font-semibold">{t.mission.artifacts}</h3>
        {subject.map((file) => (
          <Artifact key={file.name} name={file.name} digest={`sha256:${file.digest.sha256}`} />
        ))}
      </div>
      {predicate.intermediate.length === 0 ? null : (
        <Disclosure title={t.mission.intermediate}>
          {predicate.intermediate.map((file) => (
            <Artifact key={file.name} name={file.name} digest={file.digest} />
          ))}
        </Disclosure>
      )}
    </div>
  )
}

/** As one would type it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
