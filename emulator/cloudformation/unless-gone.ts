/** Runs a deletion; errors of these names mean that the resource is gone already, which is fine. */
export async function unlessGone(names: string[], remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof Error && names.includes(error.name))) throw error;
  }
}
