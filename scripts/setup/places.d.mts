/** Types of places.mjs, which is plain JavaScript because it runs before there is anything to check it with. */
export const ROOT: string
export const LOCK_FILE: string
export const MODULES: string
export const SCRATCH: string
export const STAMP: string
export const NODE_PACKAGE: string | undefined
export function nodeIn(modules: string): string
export function isNewEnough(version: string): boolean
export function projectNode(): string | undefined
export function fingerprint(): string
export function isSetUp(): boolean
