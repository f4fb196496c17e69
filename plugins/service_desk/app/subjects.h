#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <livery/ports/ticket_subjects.h>
#include <livery/tenancy/tenant.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// What tickets are about, by the plugins that own such things and that the tenant has enabled.
class Subjects {
 public:
    explicit Subjects(const TicketSubjectSources& sources) : sources_(sources) {}

    // "invoice:inv_…", as addresses name it. nullopt: no such kind, or no id of it; whether there
    // is such a thing is not asked.
    std::optional<About> Parse(const Tenant& tenant, std::string_view text) const;
    std::optional<About> Parse(const Tenant& tenant, std::string_view kind,
                               std::string_view id) const;
    // "inv_…"; of a kind that nobody owns any more the bare id.
    std::string IdText(const About& about) const;
    std::string TextOf(const About& about) const { return about.kind + ":" + IdText(about); }

    // The formatter of that plugin for who reads.
    using WordsOf = std::function<std::unique_ptr<const Formatter>(const std::string& plugin)>;
    // nullopt: about nothing, or nothing of that account's.
    std::optional<TicketSubject> Find(const Tenant& tenant, AccountId account, const About& about,
                                      const WordsOf& words_of) const;

 private:
    struct Owner {
        const OwnedTicketSubjectSource* source = nullptr;
        TicketSubjectSource::Kind kind;
    };
    std::optional<Owner> OwnerOf(std::string_view kind) const;

    const TicketSubjectSources& sources_;
};

}  // namespace livery::service_desk
