#include "app/subjects.h"

namespace livery::service_desk {

std::optional<Subjects::Owner> Subjects::OwnerOf(std::string_view kind) const {
    for (const OwnedTicketSubjectSource& owned : sources_) {
        for (const TicketSubjectSource::Kind& one : owned.source->Kinds()) {
            if (one.name == kind) return Owner{&owned, one};
        }
    }
    return std::nullopt;
}

std::optional<About> Subjects::Parse(const Tenant& tenant, std::string_view text) const {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return Parse(tenant, text.substr(0, colon), text.substr(colon + 1));
}

std::optional<About> Subjects::Parse(const Tenant& tenant, std::string_view kind,
                                     std::string_view id) const {
    const auto owner = OwnerOf(kind);
    if (!owner || !tenant.Enables(owner->source->plugin)) return std::nullopt;
    const std::string prefix = std::string(owner->kind.prefix) + "_";
    if (!id.starts_with(prefix)) return std::nullopt;
    const auto uuid = UuidFromBase58(id.substr(prefix.size()));
    if (!uuid) return std::nullopt;
    return About{std::string(kind), *uuid};
}

std::string Subjects::IdText(const About& about) const {
    const auto owner = OwnerOf(about.kind);
    const std::string bare = ToBase58(about.id);
    return owner ? std::string(owner->kind.prefix) + "_" + bare : bare;
}

std::optional<TicketSubject> Subjects::Find(const Tenant& tenant, AccountId account,
                                            const About& about, const WordsOf& words_of) const {
    if (about.kind.empty()) return std::nullopt;
    const auto owner = OwnerOf(about.kind);
    if (!owner || !tenant.Enables(owner->source->plugin)) return std::nullopt;
    const auto words = words_of(owner->source->plugin);
    if (!words) return std::nullopt;
    return owner->source->source->Find({tenant, account, about.kind, about.id}, *words);
}

}  // namespace livery::service_desk
