/** The name by which AWS calls an error: the old one where there is one, as the SDK shows it. */
export async function errorCode(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { Code, name } = error as { Code?: string; name: string };
    return Code ?? name;
  }
  return "no error";
}
