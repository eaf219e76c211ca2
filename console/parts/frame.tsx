import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { useApi } from "../access/use-api.ts";
import { useLiveNews } from "../live/live-provider.tsx";
import { texts } from "../texts/texts.ts";

const places = [
  { path: "/", label: texts.nav.sessions },
  { path: "/templates", label: texts.nav.templates },
  { path: "/webhooks", label: texts.nav.webhooks },
  { path: "/events", label: texts.nav.events },
  { path: "/insight", label: texts.nav.insight },
  { path: "/account", label: texts.nav.account },
  { path: "/fleet", label: texts.nav.fleet },
];

/** What is around every view: where one can go, whether events come, and the way out. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { api, signIn, places: where } = useApi();
  const [path] = useLocation();
  const { state } = useLiveNews();
  const main = useRef<HTMLElement>(null);
  const area = `/${path.split("/")[1] ?? ""}`;
  const isFirst = useRef(true);
  useEffect(() => {
    // Who navigates by keyboard or ear goes on reading in the new view.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
    // Where it is narrow, the place may lie beside what is seen of them.
    const current = document.querySelector(".top [aria-current]");
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [area]);
  const { label } = places.find((place) => isAt(place.path, area)) ?? {};
  useEffect(() => {
    document.title = label === undefined ? texts.product : `${label} · ${texts.product}`;
  }, [label]);
  const leave = async () => {
    await api.POST("/v1/auth/logout").catch(() => undefined);
    signIn.end();
  };
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {texts.skip}
      </a>
      <header class="top">
        <strong class="brand">{texts.product}</strong>
        <nav aria-label={texts.nav.label}>
          {places.map((place) => (
            <Link
              key={place.path}
              href={place.path}
              aria-current={isAt(place.path, area) ? "page" : undefined}
            >
              {place.label}
            </Link>
          ))}
        </nav>
        <span class={`live ${state}`} role="status">
          {texts.live[state]}
        </span>
        <button type="button" onClick={() => void leave()}>
          {texts.signOut}
        </button>
      </header>
      {where.hasSimulator && (
        <aside class="banner" aria-label={texts.simulator.banner}>
          {texts.simulatorBanner}
        </aside>
      )}
      <main ref={main} id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** A session's page belongs to the sessions. */
function isAt(path: string, area: string): boolean {
  return path === area || (path === "/" && area === "/sessions");
}
