#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pdf/testing/samples.h"
#include "pdf/worker_renderer.h"

// Milliseconds per document of twenty rows, through the worker process:
//   pdf_render [--json]      measures
//   pdf_render FOLDER        writes the documents into the folder, to look at
namespace {

using livery::Document;
using Clock = std::chrono::steady_clock;

double RenderOnce(livery::PdfRenderer& renderer, const Document& document) {
    const auto begun = Clock::now();
    const auto pdf = renderer.Render(document);
    if (!pdf) throw std::runtime_error(pdf.error().message);
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

struct Measured {
    const char* name;
    double first;
    double p50;
    double p95;
};

Measured Measure(livery::PdfRenderer& renderer, const char* name, const Document& document) {
    constexpr std::size_t kRounds = 300;
    const double first = RenderOnce(renderer, document);
    std::vector<double> times;
    for (std::size_t i = 0; i < kRounds; ++i) times.push_back(RenderOnce(renderer, document));
    std::sort(times.begin(), times.end());
    return {name, first, times[kRounds / 2], times[kRounds * 95 / 100]};
}

void Print(const std::vector<Measured>& all, bool json) {
    const char* separator = "[";
    for (const Measured& each : all) {
        if (json) {
            fmt::print(
                "{}{{\"name\": \"{}\", \"first_ms\": {:.2f}, \"p50_ms\": {:.3f}, \"p95_ms\": "
                "{:.3f}}}",
                std::exchange(separator, ", "), each.name, each.first, each.p50, each.p95);
        } else {
            fmt::print("{:<22} first {:6.1f}  p50 {:6.2f}  p95 {:6.2f} ms\n", each.name, each.first,
                       each.p50, each.p95);
        }
    }
    if (json) fmt::print("]\n");
}

void Write(livery::PdfRenderer& renderer, const std::filesystem::path& path,
           const Document& document) {
    const auto pdf = renderer.Render(document);
    if (!pdf) throw std::runtime_error(pdf.error().message);
    std::ofstream(path, std::ios::binary) << *pdf;
}

Document WithChineseName(Document document) {
    document.blocks.front().lines.front() = "王小明 (Wáng Xiǎomíng)";
    return document;
}

Document Archival(Document document) {
    document.archival = true;
    document.attachments = {{"data.xml", "text/xml", "The same as data",
                             Document::Relationship::kAlternative, std::string(8000, 'x')}};
    return document;
}

}  // namespace

int main(int argc, char** argv) {
    livery::pdf::WorkerRenderer renderer({{LIVERY_BINARY_DIR "/livery-pdf"}});
    const bool json = argc > 1 && std::string_view(argv[1]) == "--json";
    if (argc > 1 && !json) {
        const std::filesystem::path out = argv[1];
        Write(renderer, out / "latin.pdf", livery::pdf::LatinSample());
        Write(renderer, out / "latin-200.pdf", livery::pdf::LatinSample(200));
        Write(renderer, out / "arabic.pdf", livery::pdf::ArabicSample());
        Write(renderer, out / "chinese.pdf", livery::pdf::ChineseSample());
        Write(renderer, out / "archival.pdf", Archival(livery::pdf::LatinSample()));
        Write(renderer, out / "archival-arabic.pdf", Archival(livery::pdf::ArabicSample()));
        Write(renderer, out / "archival-chinese.pdf", Archival(livery::pdf::ChineseSample()));
        return 0;
    }
    Print({Measure(renderer, "latin", livery::pdf::LatinSample()),
           Measure(renderer, "arabic", livery::pdf::ArabicSample()),
           Measure(renderer, "latin, a Chinese name", WithChineseName(livery::pdf::LatinSample())),
           Measure(renderer, "chinese, two weights", livery::pdf::ChineseSample()),
           Measure(renderer, "latin, archival", Archival(livery::pdf::LatinSample())),
           Measure(renderer, "latin, 200 rows", livery::pdf::LatinSample(200))},
          json);
    return 0;
}
