#include "api/staff_api.h"

#include <algorithm>

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "app/staff_state.h"

namespace livery::console {

using api::Call;
using api::Json;

namespace {

constexpr std::size_t kMostRoles = 20;

Json JsonOf(const Staff::Member& member) {
    return {{"id", member.id.ToString()},
            {"email", member.email},
            {"name", member.display_name},
            {"state", ToString(member.state)},
            {"roles", member.roles},
            {"second_factor", member.second_factor_on},
            {"created_at", ToIso(member.created_at)}};
}

// The command of a program that the operator gave the scope to: as the operator's own.
Chief ChiefOf(const Call& call) {
    return {{std::nullopt, call.request.request().client_address}, std::nullopt};
}

std::set<std::string> RolesIn(const Json& body) {
    return body.at("roles").get<std::set<std::string>>();
}

std::string LanguageIn(const Call& call) {
    const std::string locale =
        call.body.value("language", std::string(call.tenant().locales.front()));
    return locale.substr(0, locale.find('-'));
}

Json RoleNames() {
    Json names = api::ArrayOf(api::Text("Name of a role, as `livery user roles` lists them", 32));
    names["minItems"] = 1;
    names["maxItems"] = kMostRoles;
    return names;
}

void AddSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{
        "StaffMember",
        api::Object("Somebody who works in the console.",
                    {{"id", api::IdText("usr")},
                     {"email", api::Text("The address to sign in with")},
                     {"name", api::Text("The person's")},
                     {"state", api::OneOf({"invited", "active", "closed"})},
                     {"roles", api::ArrayOf(api::Text("Name of a role", 32))},
                     {"second_factor", api::Flag("Whether two-step verification is set up")},
                     {"created_at", api::Text("When the login was made")}})});
    registrar.Add(api::ListOf("StaffMemberList", "StaffMember"));
    registrar.Add(api::Schema{
        "StaffInvitation",
        api::Object(
            "Whom to invite. The link goes to them by mail, and is in no reply.",
            {{"email", api::Text("Where the link goes", 254)},
             {"name", api::Text("The person's", 120)},
             {"roles", RoleNames()},
             api::Optional("language", api::Text("Of the mail: one of the tenant's", 16))})});
    registrar.Add(api::Schema{
        "StaffChange",
        api::Object("What is to be different; what is not there stays.",
                    {api::Optional("roles", RoleNames()),
                     api::Optional("closed", api::Flag("Whether it opens nothing any more"))})});
}

}  // namespace

Result<Json> StaffApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto after = LIVERY_TRY(api::PositionOf<UserId>(paging));
    auto members = desk_.staff().List(call.tenant().id);
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    std::erase_if(members, [&](const auto& member) { return after && !(*after < member.id); });
    if (members.size() > paging.limit + 1) members.resize(paging.limit + 1);
    const std::string next = api::CutToPage(members, paging);
    Json data = Json::array();
    for (const Staff::Member& member : members) data.push_back(JsonOf(member));
    return api::ListReply(std::move(data), next);
}

Result<Json> StaffApi::MemberOf(db::Transaction& tx, UserId user) const {
    const auto member = desk_.staff().Find(tx, user);
    if (!member) return NotFound("nobody of the staff");
    return JsonOf(*member);
}

Result<Json> StaffApi::Show(db::Transaction& tx, const Call& call) const {
    return MemberOf(tx, LIVERY_TRY(call.request.PathId<UserId>("id")));
}

Result<Json> StaffApi::Invite(db::Transaction& tx, const Call& call) const {
    const auto invited = LIVERY_TRY(desk_.Invite(
        tx, call.tenant(),
        {call.body.at("email").get<std::string>(), call.body.at("name").get<std::string>(),
         LanguageIn(call), RolesIn(call.body)},
        ChiefOf(call)));
    return MemberOf(tx, invited.user);
}

Result<Json> StaffApi::Change(db::Transaction& tx, const Call& call) const {
    const UserId user = LIVERY_TRY(call.request.PathId<UserId>("id"));
    const Chief chief = ChiefOf(call);
    if (call.body.contains("roles"))
        LIVERY_TRY(desk_.SetRoles(tx, call.tenant(), user, RolesIn(call.body), chief));
    if (call.body.contains("closed")) {
        LIVERY_TRY(call.body.at("closed").get<bool>()
                       ? desk_.Close(tx, call.tenant(), user, chief)
                       : desk_.Reopen(tx, call.tenant(), user, chief));
    }
    return MemberOf(tx, user);
}

void StaffApi::AddTo(Registrar& registrar) {
    AddSchemas(registrar);
    registrar.Add(api::Operation{Method::kGet, "/api/v1/staff", "listStaff", "Staff", "staff:read",
                                 "The people who work in the console",
                                 "By the time they were invited.", api::PagingParameters(), "",
                                 "StaffMemberList", 200,
                                 api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/staff/:id",
                                 "getStaffMember",
                                 "Staff",
                                 "staff:read",
                                 "One of them",
                                 "",
                                 {},
                                 "",
                                 "StaffMember",
                                 200,
                                 api::Reading([this](const Call& call) {
                                     Result<Json> shown = Json();
                                     database_.Transact(call.tenant().id, [&](db::Transaction& tx) {
                                         shown = Show(tx, call);
                                     });
                                     return shown;
                                 })});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/staff",
        "inviteStaffMember",
        "Staff",
        "staff:write",
        "Invite somebody",
        "Again for the same address: a new link, which ends the earlier one. 422 on `email` when "
        "the address works here already, or was closed.",
        {},
        "StaffInvitation",
        "StaffMember",
        201,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Invite(tx, call); })});
    registrar.Add(api::Operation{
        Method::kPatch,
        "/api/v1/staff/:id",
        "changeStaffMember",
        "Staff",
        "staff:write",
        "Change roles, close or reopen",
        "Closing ends all sessions. 409 when the tenant would be left without an owner.",
        {},
        "StaffChange",
        "StaffMember",
        200,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Change(tx, call); })});
}

}  // namespace livery::console
