import { QueryClient } from "@tanstack/preact-query";
import type { InvalidateOptions, InvalidateQueryFilters } from "@tanstack/preact-query";

/**
 * The library lets readings that are under way go on when their query is invalidated, if they are the
 * first or nobody looks at them, and takes the answer for news, though the API may have given it before
 * the change. Here they are read once more then: a view that opens while something happens would show
 * what was, until the next thing happens.
 */
export class ViewQueries extends QueryClient {
  override async invalidateQueries(
    filters: InvalidateQueryFilters = {},
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache()
      .findAll({ ...filters, fetchStatus: "fetching" })
      .filter((query) => query.state.data === undefined || !query.isActive());
    await super.invalidateQueries(filters, options);
    if (underWay.length === 0) return;
    await Promise.allSettled(underWay.map(async ({ promise }) => promise));
    const predicate = (query: unknown) => underWay.some((one) => one === query);
    await super.invalidateQueries({ predicate }, options);
  }
}
