export type Lock = { packages: Record<string, object> }
export function complete(lock: Lock): string[]
export function completeLockFile(): void
