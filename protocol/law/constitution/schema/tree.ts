/**
 * The schema as a tree, and a document held against it.
 *
 *     document ──▶ every key known? every parameter there? every value of its kind? ──▶ figures + findings
 *
 * A missing section is one finding, not one for each of its parameters; what is inside of it then has no figure.
 * Keys are data: they are compared as own keys and never looked up along a prototype.
 */
import type { Json } from '../../../wire/canonical-json.ts'
import { Fault } from '../../../wire/fault.ts'
import type { Finding, InvariantId } from '../finding.ts'
import { escape } from '../pointer.ts'
import { judge, rangeOf, type Exact } from './kind.ts'
import type { Parameter, Section } from './parameter.ts'
import { PARAMETERS, SECTIONS, type ConfigDocument } from './schema.ts'

/** An accepted value: as the law reads it (decimals in millionths), and as it was written. */
export type Figure = { readonly exact: Exact; readonly written: Json }

/** By document and path: `params/genesis/G0_MAX_DAYS`. */
export type Figures = ReadonlyMap<string, Figure>

export type Reading = { readonly figures: Figures; readonly findings: readonly Finding[] }

type Branch = { readonly section: Section; readonly children: Map<string, Branch | Parameter> }

export function read(document: ConfigDocument, value: Json): Reading {
  const figures = new Map<string, Figure>()
  const findings: Finding[] = []
  walk(rootOf(document), value)
  return { figures, findings }

  function walk(branch: Branch, given: Json): void {
    const { path, list } = branch.section
    if (list === true ? !Array.isArray(given) : !isObject(given)) {
      const required = list === true ? `list of ${branch.children.size}` : 'object'
      findings.push(finding('parameter-wrong-type', path, required, brokenBelow(branch), given))
      return
    }
    const fields = new Map<string, Json>(Object.entries(given as object))
    for (const [key, child] of branch.children) {
      const item = fields.get(key)
      if ('section' in child) {
        if (item === undefined)
          findings.push(finding('section-missing', child.section.path, 'present', brokenBelow(child)))
        else walk(child, item)
      } else if (item === undefined) {
        findings.push(finding('parameter-missing', child.path, rangeOf(child.kind), child.invariants))
      } else {
        take(child, item)
      }
    }
    for (const [key, item] of fields) {
      if (branch.children.has(key)) continue
      findings.push(finding('parameter-unknown', `${path}/${escape(key)}`, 'absent', branch.section.invariants, item))
    }
  }

  function take(parameter: Parameter, item: Json): void {
    const judged = judge(parameter.kind, item)
    if (judged.ok) figures.set(document + parameter.path, { exact: judged.value, written: item })
    else findings.push(finding(judged.code, parameter.path, judged.required, parameter.invariants, item))
  }

  function finding(
    code: Finding['code'],
    path: string,
    required: string,
    invariants: readonly InvariantId[],
    given?: Json,
  ): Finding {
    return { code, document, path, ...(given === undefined ? {} : { given }), required, invariants }
  }
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function brokenBelow(branch: Branch): readonly InvariantId[] {
  const all = [...branch.children.values()].flatMap((child) =>
    'section' in child ? brokenBelow(child) : child.invariants,
  )
  return [...new Set([...branch.section.invariants, ...all])].sort()
}

/** Parents stand before their children in no particular order of the schema, so sections are placed by depth. */
function build(document: ConfigDocument): Branch {
  const branches = new Map<string, Branch>()
  const own = SECTIONS.filter((section) => section.document === document)
  for (const section of own.toSorted((a, b) => depth(a.path) - depth(b.path))) {
    const branch: Branch = { section, children: new Map() }
    branches.set(section.path, branch)
    if (section.path !== '') place(branches, section.path, branch)
  }
  for (const parameter of PARAMETERS) {
    if (parameter.document === document) place(branches, parameter.path, parameter)
  }
  return branches.get('') as Branch
}

function place(branches: Map<string, Branch>, path: string, child: Branch | Parameter): void {
  const cut = path.lastIndexOf('/')
  const parent = branches.get(path.slice(0, cut))
  const key = path.slice(cut + 1)
  if (parent === undefined || parent.children.has(key)) throw new Fault('schema-path-misplaced', { path })
  parent.children.set(key, child)
}

function depth(path: string): number {
  return path.split('/').length
}

const roots: { readonly [document in ConfigDocument]: Branch } = {
  params: build('params'),
  policy: build('policy'),
  genome: build('genome'),
}

function rootOf(document: ConfigDocument): Branch {
  return roots[document]
}
