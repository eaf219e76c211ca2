import { texts } from "../../texts/texts.ts";

type PlaceProps = {
  place: { latitude: number; longitude: number; name?: string; address?: string };
};

/** Where something is; a map is elsewhere, for nothing is loaded from there unasked. */
export function Place({ place: { latitude, longitude, name, address } }: PlaceProps) {
  const map = new URL("https://www.openstreetmap.org/");
  map.search = new URLSearchParams({ mlat: `${latitude}`, mlon: `${longitude}` }).toString();
  return (
    <div>
      {name !== undefined && name !== "" && (
        <p>
          <strong>{name}</strong>
        </p>
      )}
      {address !== undefined && address !== "" && <p>{address}</p>}
      <p class="hint">
        {latitude.toFixed(5)}, {longitude.toFixed(5)}
      </p>
      <a href={map.href} target="_blank" rel="noreferrer">
        {texts.conversations.map}
      </a>
    </div>
  );
}
