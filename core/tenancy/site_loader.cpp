#include "tenancy/site_loader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "config/yaml_document.h"
#include "tenancy/staff_roles.h"
#include "tenancy/tenant_config.h"

namespace livery::tenancy {

namespace fs = std::filesystem;

namespace {

// One reading of one folder: the node stays at hand, so that checks across fields name the place.
class SiteReading {
 public:
    SiteReading(const fs::path& folder, const SiteContext& context, config::Problems& problems)
        : folder_(folder),
          context_(context),
          reader_((folder / "tenant.yaml").string(), problems) {}

    std::optional<ReadSite> Run() {
        const std::size_t before = reader_.problems().list().size();
        CheckFolderName();
        const auto node = config::LoadYaml(folder_ / "tenant.yaml", reader_.problems());
        if (!node) return std::nullopt;
        root_ = &*node;
        config_ = TenantConfig::Schema().Read(*node, reader_);
        CheckTheme();
        CheckLocales();
        CheckDuplicateHosts();
        auto settings = ReadPlugins();
        auto gateways =
            ReadGateways({TenantId(folder_.filename().string()), Mode()}, config_.gateways,
                         root_->Find("gateways"), reader_.Below("gateways"), context_.gateways);
        const auto tokens = MakeTokens();
        CheckFiles();
        const auto staff = root_->Find("staff");
        auto roles = ReadRoles(context_.permissions, config_.staff, staff, reader_.Below("staff"));
        if (reader_.problems().list().size() != before || !tokens) return std::nullopt;
        ReadSite read{Build(std::move(settings), *tokens), std::move(contradictions_)};
        read.site.gateways = std::move(gateways);
        read.site.tenant.roles = std::move(roles);
        return read;
    }

 private:
    config::Position PlaceOf(std::initializer_list<std::string_view> keys) const {
        const config::Node* node = root_;
        for (const auto key : keys) {
            const config::Node* next = node->Find(key);
            if (next == nullptr) return node->at;
            node = next;
        }
        return node->at;
    }

    TenantMode Mode() const {
        if (config_.mode == "sandbox") return TenantMode::kSandbox;
        return config_.mode == "demo" ? TenantMode::kDemo : TenantMode::kLive;
    }

    void CheckFolderName() const {
        const std::string id = folder_.filename().string();
        const bool fine =
            !id.empty() && id.size() <= 32 && id[0] >= 'a' && id[0] <= 'z' &&
            id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
        if (!fine)
            reader_.Report(
                {}, fmt::format("folder `{}`: a tenant's name is a-z, 0-9 and -, at most 32", id));
    }

    void CheckTheme() const {
        if (context_.themes.contains(config_.theme)) return;
        std::vector<std::string> known;
        for (const auto& [id, theme] : context_.themes) known.push_back(id);
        reader_.Below("theme").Report(
            PlaceOf({"theme"}), fmt::format("there is no theme `{}`; there are {}", config_.theme,
                                            fmt::join(known, ", ")));
    }

    void CheckLocales() const {
        const auto& known = context_.languages;
        if (config_.locales.empty() && root_->Find("locales") != nullptr) {
            reader_.Below("locales").Report(PlaceOf({"locales"}), "at least one is needed");
        }
        for (const std::string& locale : config_.locales) {
            const std::string language = locale.substr(0, locale.find('-'));
            if (std::find(known.begin(), known.end(), language) != known.end()) continue;
            reader_.Below("locales").Report(PlaceOf({"locales"}),
                                            fmt::format("there are no texts in `{}`; there are {}",
                                                        language, fmt::join(known, ", ")));
        }
    }

    void CheckDuplicateHosts() const {
        std::set<std::string> seen;
        for (const std::string& host : config_.hosts) {
            if (!seen.insert(host).second) {
                reader_.Below("hosts").Report(PlaceOf({"hosts"}),
                                              fmt::format("`{}` is listed twice", host));
            }
        }
    }

    std::map<std::string, std::shared_ptr<const void>> ReadPlugins() {
        std::map<std::string, std::shared_ptr<const void>> settings;
        std::vector<std::string> known;
        for (const auto& [id, plugin] : context_.plugins) known.push_back(id);
        for (const auto& [id, node] : config_.plugins) {
            const config::Reader below = reader_.Below("plugins").Below(id);
            const auto plugin = context_.plugins.find(id);
            if (plugin == context_.plugins.end()) {
                const std::string nearest = config::Nearest(id, known);
                below.Report(
                    PlaceOf({"plugins", id}),
                    "no such plugin is loaded" +
                        (nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest)));
            } else if (plugin->second.read) {
                settings[id] = ReadSettings(plugin->second, node, below);
            } else if (!node.entries.empty()) {
                below.Report(node.at, "this plugin has no settings");
            }
        }
        return settings;
    }

    // From the section itself, or from the file that stands in its place.
    std::shared_ptr<const void> ReadSettings(const PluginSettings& plugin, const config::Node& node,
                                             const config::Reader& section) {
        const auto currency = Currency::Parse(config_.currency);
        if (plugin.file.empty()) return plugin.read(node, section, currency);
        if (!node.entries.empty())
            section.Report(node.at, fmt::format("its settings are in `{}`", plugin.file));
        const fs::path path = folder_ / plugin.file;
        if (!fs::exists(path)) {
            section.Report(node.at, fmt::format("there is no file `{}`", plugin.file));
            return nullptr;
        }
        const auto file = config::LoadYaml(path, reader_.problems());
        if (!file) return nullptr;
        const config::Reader reader(path.string(), reader_.problems());
        const std::size_t before = reader.problems().list().size();
        auto settings = plugin.read(*file, reader, currency);
        if (reader.problems().list().size() == before)
            CompareWithFacts(plugin, settings, *file, path);
        return settings;
    }

    // A file that is right in itself may still say otherwise than what was done by it before.
    void CompareWithFacts(const PluginSettings& plugin, const std::shared_ptr<const void>& settings,
                          const config::Node& node, const fs::path& path) {
        const config::Reader reader(path.string(), contradictions_);
        if (!plugin.agree || context_.database == nullptr) return;
        const TenantId tenant(folder_.filename().string());
        try {
            plugin.agree(settings.get(), {tenant, node, reader, *context_.database});
        } catch (const std::exception& error) {
            reader.Report({}, fmt::format("could not be compared with what the database holds: {}",
                                          error.what()));
        }
    }

    std::optional<view::ThemeTokens> MakeTokens() const {
        const BrandConfig& brand = config_.brand;
        const auto theme = context_.themes.find(config_.theme);
        if (theme == context_.themes.end()) return std::nullopt;
        view::BrandColors colors{brand.color.primary, brand.color.accent, {}, {}};
        if (!brand.color.surface.empty()) colors.surface = brand.color.surface;
        if (!brand.color.text.empty()) colors.text = brand.color.text;
        try {
            auto tokens = view::MakeThemeTokens(
                colors, {theme->second.tokens, RadiusOf(brand.radius), DensityOf(brand.density)});
            ReportContrast(tokens);
            return tokens;
        } catch (const std::invalid_argument&) {
            return std::nullopt;  // the colour was reported where it stands
        }
    }

    void ReportContrast(const view::ThemeTokens& tokens) const {
        for (const view::ContrastAdjustment& adjustment : tokens.adjustments) {
            const std::string text = fmt::format(
                "{} on its backgrounds is {:.1f}:1; {} mode will use {} ({:.1f}:1) for {}",
                adjustment.asked, adjustment.asked_ratio,
                adjustment.mode == view::ColorMode::kDark ? "dark" : "light", adjustment.used,
                adjustment.used_ratio, adjustment.token);
            const auto at = PlaceOf({"brand", "color"});
            if (config_.brand.contrast == "strict") {
                reader_.Below("brand").Below("color").Report(at, text);
            } else if (context_.advice != nullptr) {
                context_.advice->push_back(
                    config::Problem{reader_.file(), at, "brand.color", text}.ToString());
            }
        }
    }

    static view::Radius RadiusOf(const std::string& name) {
        static const std::map<std::string, view::Radius> radii{{"none", view::Radius::kNone},
                                                               {"sm", view::Radius::kSmall},
                                                               {"md", view::Radius::kMedium},
                                                               {"lg", view::Radius::kLarge},
                                                               {"pill", view::Radius::kPill}};
        const auto found = radii.find(name);
        return found == radii.end() ? view::Radius::kTheme : found->second;
    }

    static view::Density DensityOf(const std::string& name) {
        if (name == "comfortable") return view::Density::kComfortable;
        return name == "compact" ? view::Density::kCompact : view::Density::kTheme;
    }

    // nullopt: it cannot be read.
    static std::optional<std::string> TextOf(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        if (!in) return std::nullopt;
        std::ostringstream bytes;
        bytes << in.rdbuf();
        return bytes.str();
    }

    // A logo is markup from outside: nothing that runs or fetches may be in it.
    void CheckSvg(const std::string& file, std::initializer_list<std::string_view> keys,
                  const std::string& path) const {
        if (file.empty()) return;
        const config::Reader at = reader_.Below(path);
        const auto read = TextOf(folder_ / file);
        if (!read) return at.Report(PlaceOf(keys), fmt::format("there is no file `{}`", file));
        const std::string& text = *read;
        if (text.size() > 100'000)
            at.Report(PlaceOf(keys), fmt::format("`{}` is larger than 100 kB", file));
        if (text.find("<svg") == std::string::npos)
            at.Report(PlaceOf(keys), fmt::format("`{}` is no SVG", file));
        for (const char* banned : {"<script", "<!ENTITY", "<!DOCTYPE", "<foreignObject",
                                   "javascript:", " onload", "href=\"http", "@import"}) {
            if (text.find(banned) != std::string::npos) {
                at.Report(PlaceOf(keys),
                          fmt::format("`{}` holds `{}`, which a logo must not", file, banned));
            }
        }
    }

    void CheckFiles() const {
        CheckSvg(config_.brand.logo.light, {"brand", "logo", "light"}, "brand.logo.light");
        CheckSvg(config_.brand.logo.dark, {"brand", "logo", "dark"}, "brand.logo.dark");
        CheckSvg(config_.brand.favicon, {"brand", "favicon"}, "brand.favicon");
    }

    std::string PublishFile(const std::string& file) const {
        if (context_.publisher == nullptr) return "";
        return context_.publisher->PublishFile(folder_ / file, folder_.filename().string() + "-");
    }

    Site Build(std::map<std::string, std::shared_ptr<const void>> settings,
               const view::ThemeTokens& tokens) const {
        const std::string id = folder_.filename().string();
        const LogoConfig& logo = config_.brand.logo;
        Site site{.tenant = {.id = TenantId(id),
                             .name = config_.name,
                             .hosts = config_.hosts,
                             .locales = config_.locales,
                             .time_zone = config_.time_zone,
                             .currency = *Currency::Parse(config_.currency),
                             .support_email = config_.support_email,
                             .mode = Mode(),
                             .plugins = {},
                             .settings = std::move(settings)},
                  .theme = config_.theme};
        site.tenant.brand_color = config_.brand.color.primary;
        if (!logo.light.empty()) site.tenant.logo_svg = TextOf(folder_ / logo.light).value_or("");
        for (const auto& [plugin, node] : config_.plugins) site.tenant.plugins.insert(plugin);
        site.tenant.origin = context_.public_origin;
        const auto place = site.tenant.origin.find("{host}");
        site.tenant.origin.replace(place, 6, config_.hosts.front());
        site.logo_url = PublishFile(logo.light);
        site.logo_dark_url = logo.dark.empty() ? site.logo_url : PublishFile(logo.dark);
        site.favicon_url = PublishFile(config_.brand.favicon);
        if (context_.publisher != nullptr) {
            site.tokens_css_url = context_.publisher->Publish(id + "-tokens.css", tokens.css);
        }
        site.mail_colors = tokens.mail;
        site.mail_from = config_.mail.from;
        site.mail_reply_to = config_.mail.reply_to;
        for (const LegalLinkConfig& link : config_.legal)
            site.legal.push_back({link.label, link.href});
        return site;
    }

    const fs::path& folder_;
    const SiteContext& context_;
    config::Reader reader_;
    const config::Node* root_ = nullptr;
    TenantConfig config_;
    config::Problems contradictions_;
};

}  // namespace

std::optional<ReadSite> LoadSite(const fs::path& folder, const SiteContext& context,
                                 config::Problems& problems) {
    return SiteReading(folder, context, problems).Run();
}

}  // namespace livery::tenancy
