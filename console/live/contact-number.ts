const key = "wafleet.contact";

/** The simulated contact of this tab, whom test messages go to. */
export const contactNumber = {
  read: () => sessionStorage.getItem(key) ?? undefined,
  keep: (number: string) => sessionStorage.setItem(key, number),
};
