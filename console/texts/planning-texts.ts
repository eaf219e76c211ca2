// What people read about templates and about what leaves later; part of `texts`.
export const templateTexts = {
  title: "Templates",
  about: "Messages to send again and again, with {{variables}} in their texts.",
  none: "No template yet",
  noneAbout:
    "Make one here, or save a message of any kind as a template through the API. It can then be sent to one or to many.",
  newTitle: "New template",
  editTitle: (name: string) => `Edit “${name}”`,
  name: "Name",
  kind: "Kind",
  text: "Text",
  textHint: "{{name}} is filled in when it is sent. Letters, digits and _ only.",
  url: "The file's address",
  urlHint: "https; it is fetched anew for each message. {{variables}} may stand in it.",
  caption: "Caption",
  json: "The message",
  jsonHint: "JSON, as POST …/messages takes it, without “to”.",
  badJson: "This is not JSON.",
  other: "another kind, as JSON",
  preview: "Preview",
  previewAbout: "Fill in the variables to see what arrives.",
  variables: "Variables",
  noVariables: "none",
  changed: "Changed",
  edit: "Edit",
  remove: "Delete",
  removeConfirm: (name: string) =>
    `“${name}” is deleted. What was accepted with it before is sent all the same.`,
  cancelEdit: "Leave it as it was",
};

export const scheduleTexts = {
  title: "Waiting to be sent",
  about: "What leaves at a later time, and what waits for the connection or the pace.",
  none: "Nothing is waiting",
  noneAbout: "Choose “Send later” beside any message to have it leave at a time of yours.",
  columns: { at: "Leaves", to: "To", what: "What", actions: "Actions" },
  asSoon: "as soon as it can",
  cancel: "Cancel",
  cancelConfirm: "It will not be sent.",
  batches: "In bulk",
};
