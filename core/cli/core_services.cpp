#include "cli/core_services.h"

#include "clock/tenant_clocks.h"
#include "log/operator_log.h"
#include "pdf/worker_renderer.h"
#include "qr/svg_qr_code.h"

namespace livery::cli {

namespace {

// As the interface: a plugin gets the pointer back without knowing what it was.
template <class Port>
std::pair<const std::string, std::shared_ptr<void>> Provided(std::shared_ptr<Port> port) {
    return {std::string(Port::kPortId), std::move(port)};
}

// Beside the host's own program; nothing is started before the first document.
std::shared_ptr<PdfRenderer> MakePdfRenderer() {
    const std::filesystem::path here =
        std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return std::make_shared<pdf::WorkerRenderer>(
        pdf::WorkerRenderer::Options{{(here / "livery-pdf").string()}});
}

class FolderOfHost final : public DataFolder {
 public:
    explicit FolderOfHost(const std::filesystem::path& data)
        : data_(std::filesystem::absolute(data)) {}
    std::filesystem::path Of(std::string_view name) const override { return data_ / name; }

 private:
    std::filesystem::path data_;
};

}  // namespace

CoreServices::CoreServices(db::Database& database, const Clock& clock, IdSource& ids,
                           std::string_view host_key, const std::filesystem::path& data)
    : tenant_time(std::make_shared<clock::TenantClocks>(database, clock)),
      audit(std::make_shared<audit::AuditLog>(database, clock, ids)),
      events(std::make_shared<events::EventLog>(clock, ids)),
      identity(std::make_shared<identity::IdentityService>(database, clock, ids, *audit)),
      second_factor(
          std::make_shared<identity::SecondFactorService>(database, clock, ids, *audit, host_key)),
      staff(std::make_shared<identity::StaffService>(database, clock, ids, *audit)),
      link_signer(std::make_shared<identity::HostLinkSigner>(host_key)),
      api_keys(std::make_shared<api::Keys>(database, clock, ids, *audit)),
      data_folder(std::make_shared<FolderOfHost>(data)) {}

std::map<std::string, std::shared_ptr<void>> CoreServices::Ports(OfHouse house) const {
    return {Provided<Identity>(identity),
            Provided<SecondFactor>(second_factor),
            Provided<Staff>(staff),
            Provided<LinkSigner>(link_signer),
            Provided<Audit>(audit),
            Provided<Events>(events),
            Provided<Mailer>(std::move(house.mailer)),
            Provided<Mailboxes>(std::move(house.mailboxes)),
            Provided<Tenants>(std::move(house.tenants)),
            Provided<TenantFormatters>(std::move(house.formatters)),
            Provided<Gateways>(std::move(house.gateways)),
            Provided<TenantTime>(tenant_time),
            Provided<DataFolder>(data_folder),
            Provided<OperatorLog>(std::make_shared<log::PluginLog>()),
            Provided<QrCode>(std::make_shared<qr::SvgQrCode>()),
            Provided<PdfRenderer>(MakePdfRenderer())};
}

}  // namespace livery::cli
