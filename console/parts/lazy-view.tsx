import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "./problem.tsx";
import { texts } from "../texts/texts.ts";

/** A view whose files are fetched when it is first shown. */
export function lazyView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => VNode {
  let Loaded: ComponentType<Props> | undefined;
  return function LazyView(props: Props) {
    const [, show] = useState(Loaded !== undefined);
    const [error, setError] = useState<unknown>(null);
    useEffect(() => {
      if (Loaded) return;
      load().then((found) => {
        Loaded = found;
        show(true);
      }, setError);
    }, []);
    if (Loaded) return <Loaded {...props} />;
    return error === null ? <p role="status">{texts.loading}</p> : <Problem error={error} />;
  };
}
