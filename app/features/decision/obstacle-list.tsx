/** Why the button is shut, in words. */
import { sentenceFor } from '../../errors/words.ts'
import { t } from '../../text/text.ts'
import type { Obstacle } from './obstacles.ts'

export function ObstacleList({ obstacles }: { readonly obstacles: readonly Obstacle[] }) {
  if (obstacles.length === 0) return null
  const sentences = [...new Set(obstacles.map(sentenceOf))]
  return (
    <div className="text-sm">
      <p className="text-soft">{t.decide.shut}</p>
      <ul className="list-disc pl-5">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

function sentenceOf(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'wallet':
      return t.decide.needsWallet
    case 'network':
      return t.decide.needsNetwork
    case 'identity':
      return t.decide.needsIdentity
    case 'verify':
      return t.decide.needsVerification
    case 'verify-again':
      return t.decide.needsVerificationAgain
    case 'differs':
      return t.verification.differs
    case 'foreign-gate':
      return t.decide.foreignGate
    case 'step':
      return t.decide.needsStep(t.verification.steps[obstacle.step]?.title ?? obstacle.step)
    case 'blocked':
      return t.decide.needsRule(sentenceFor(obstacle.code))
    case 'answer':
      return t.decide.needsAnswer
    case 'rehearsal':
      return t.decide.needsSimulation
    case 'refused':
      return sentenceFor(obstacle.code)
    case 'missing':
      return t.decide.missing[obstacle.missing]
  }
}
