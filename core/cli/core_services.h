#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include <livery/ports/data_folder.h>
#include <livery/ports/gateways.h>
#include <livery/ports/mailbox.h>
#include <livery/ports/mailer.h>
#include <livery/ports/tenant_time.h>
#include <livery/ports/tenants.h>
#include <livery/view/formatter.h>

#include "api/keys.h"
#include "audit/audit_log.h"
#include "events/event_log.h"
#include "identity/host_link_signer.h"
#include "identity/identity_service.h"
#include "identity/second_factor_service.h"
#include "identity/staff_service.h"

namespace livery::cli {

// Logins and their audit log over one database. What it is given outlives it.
struct CoreServices {
    // `data`: where the host keeps its files.
    CoreServices(db::Database& database, const Clock& clock, IdSource& ids,
                 std::string_view host_key, const std::filesystem::path& data);

    // The ports that the core itself provides, by id.
    struct OfHouse {
        std::shared_ptr<Mailer> mailer;
        std::shared_ptr<Mailboxes> mailboxes;
        std::shared_ptr<Tenants> tenants;
        std::shared_ptr<TenantFormatters> formatters;
        std::shared_ptr<Gateways> gateways;
    };
    std::map<std::string, std::shared_ptr<void>> Ports(OfHouse house) const;

    std::shared_ptr<TenantTime> tenant_time;
    std::shared_ptr<audit::AuditLog> audit;
    std::shared_ptr<events::EventLog> events;
    std::shared_ptr<identity::IdentityService> identity;
    std::shared_ptr<identity::SecondFactorService> second_factor;
    std::shared_ptr<identity::StaffService> staff;
    std::shared_ptr<identity::HostLinkSigner> link_signer;
    std::shared_ptr<api::Keys> api_keys;
    std::shared_ptr<DataFolder> data_folder;
};

}  // namespace livery::cli
