// What a select menu of the bot offers: its own options, or the people, roles and channels of the server.

// The part of a select's spec that the bot decides; `default_values` are ids that are chosen already.
export function menuSpec(data, world) {
  const options = data.type === 3 ? data.options : entities(data, world);
  const picked = new Set((data.default_values ?? []).map((value) => value.id));
  const placeholder = options.length ? data.placeholder || "Make a selection" : "There is nothing to choose";
  return {
    key: data.custom_id,
    label: placeholder,
    placeholder,
    options: options.map((option) => ({ ...option, default: option.default || picked.has(option.value) })),
    min: data.required === false ? 0 : (data.min_values ?? 1),
    max: data.max_values ?? 1,
    disabled: Boolean(data.disabled),
  };
}

function entities(data, world) {
  const people = [...world.people, world.bot].map((person) => ({ value: person.id, label: person.name }));
  const roles = world.roles.map((role) => ({ value: role.id, label: `@${role.name}` }));
  const fits = (channel) => !data.channel_types?.length || data.channel_types.includes(channel.type);
  const channels = world.channels
    .filter(fits)
    .map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
  return { 5: people, 6: roles, 7: [...people, ...roles], 8: channels }[data.type];
}
