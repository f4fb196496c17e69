#include "app/agents.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

Agents::Agent AgentOf(Staff::Member member, AgentProfile profile, int load) {
    if (profile.languages.empty()) profile.languages = {member.language.substr(0, 2)};
    return {std::move(member), std::move(profile), load};
}

Result<void> Check(const Tenant& tenant, const Agents::Change& change) {
    const auto& skills = Tickets::DeskOf(tenant).skills;
    const auto languages = Agents::LanguagesOf(tenant);
    std::vector<FieldError> wrong;
    if (change.skills && !std::all_of(change.skills->begin(), change.skills->end(),
                                      [&](const auto& one) { return skills.contains(one); }))
        wrong.push_back({"skills", "error.skills"});
    if (change.languages && !std::includes(languages.begin(), languages.end(),
                                           change.languages->begin(), change.languages->end()))
        wrong.push_back({"languages", "error.languages"});
    if (!wrong.empty()) return Invalid(std::move(wrong));
    return {};
}

}  // namespace

std::vector<Agents::Agent> Agents::List(const Tenant& tenant) const {
    auto profiles = AgentRepository::Profiles(parts_.database, tenant.id);
    const auto loads = AgentRepository::Loads(parts_.database, tenant.id);
    std::vector<Agent> agents;
    for (Staff::Member& member : parts_.staff.List(tenant.id)) {
        if (!MayAnswer(tenant, member)) continue;
        const auto load = loads.find(member.id);
        AgentProfile profile = profiles[member.id];
        agents.push_back(
            AgentOf(std::move(member), std::move(profile), load == loads.end() ? 0 : load->second));
    }
    return agents;
}

std::optional<Agents::Agent> Agents::Find(const Tenant& tenant, UserId user) const {
    for (Agent& agent : List(tenant))
        if (agent.member.id == user) return std::move(agent);
    return std::nullopt;
}

Result<Agents::Agent> Agents::Save(db::Transaction& tx, const Tenant& tenant, UserId user,
                                   const Change& change, const Writer& by) const {
    auto member = parts_.staff.Find(tx, user);
    if (!member || !MayAnswer(tenant, *member)) return NotFound("no such agent");
    AgentProfile profile = AgentRepository::Find(tx, user);
    if (change.skills) profile.skills = *change.skills;
    if (change.languages) profile.languages = *change.languages;
    profile.is_away = change.is_away.value_or(profile.is_away);
    LIVERY_TRY(Check(tenant, change));
    AgentRepository::Save(tx, user, profile);
    parts_.audit.Record(
        tx, {"agent.changed", by.user, SubjectId(user.uuid()), by.address, member->display_name});
    return AgentOf(*std::move(member), std::move(profile), AgentRepository::LoadOf(tx, user));
}

std::set<std::string> Agents::LanguagesOf(const Tenant& tenant) {
    std::set<std::string> languages;
    for (const std::string& locale : tenant.locales) languages.insert(locale.substr(0, 2));
    return languages;
}

}  // namespace livery::service_desk
