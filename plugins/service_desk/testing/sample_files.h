#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace livery::service_desk::testing {

using namespace std::string_literals;

// The smallest contents of each kind, byte by byte.
inline std::string Little(std::size_t number, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(i < 8 ? number >> (8 * i) & 0xFFU : 0);
    return text;
}

inline std::string Big(std::size_t number, int bytes) {
    const std::string little = Little(number, bytes);
    return {little.rbegin(), little.rend()};
}

inline std::string PngChunk(std::string_view kind, std::string_view data) {
    return Big(data.size(), 4) + std::string(kind) + std::string(data) + "\0\0\0\0"s;
}
inline std::string Png(std::string_view comment = "") {
    return "\x89PNG\r\n\x1A\n"s + PngChunk("IHDR", "\0\0\0\1\0\0\0\1\x08\0\0\0\0"s) +
           PngChunk("tEXt", comment) + PngChunk("IDAT", "x") + PngChunk("IEND", "");
}
inline std::string Gif(std::string_view comment = "c", std::string_view size = "\1\0\1\0"s) {
    return "GIF89a"s + std::string(size) + "\0\0\0"s + "\x21\xFE"s + Big(comment.size(), 1) +
           std::string(comment) + "\0"s + "\x2C\0\0\0\0\1\0\1\0\0"s + "\2\2\x4C\1\0"s + ";";
}
inline std::string Jpeg(std::string_view first = "JFIF\0\1\1\0\0\1\0\1\0\0"s) {
    return "\xFF\xD8\xFF\xE0"s + Big(first.size() + 2, 2) + std::string(first) +
           "\xFF\xDA\0\4\1\2"s + "picture" + "\xFF\xD9"s;
}
inline std::string Webp(std::string_view data = "0123456789") {
    const std::string rest = "WEBPVP8L" + Little(data.size(), 4) + std::string(data);
    return "RIFF" + Little(rest.size(), 4) + rest;
}
inline std::string Heic() {
    return Big(24, 4) + "ftypmif1\0\0\0\0mif1heic"s + Big(12, 4) + "mdat" + "data" + Big(12, 4) +
           "meta" + "\0\0\0\0"s;
}
inline std::string Pdf() { return "%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"; }

// Stored, not compressed.
using Entries = std::vector<std::pair<std::string, std::string>>;
inline std::string Zip(const Entries& entries, std::string_view comment = "") {
    std::string files;
    std::string directory;
    for (const auto& [name, content] : entries) {
        const std::string sizes = Little(content.size(), 4) + Little(content.size(), 4) +
                                  Little(name.size(), 2) + Little(0, 2);
        const std::string common = Little(10, 2) + Little(0, 12) + sizes;
        directory +=
            "PK\1\2"s + Little(20, 2) + common + Little(0, 10) + Little(files.size(), 4) + name;
        files += "PK\3\4"s + common + name + content;
    }
    return files + directory + "PK\5\6"s + Little(0, 4) + Little(entries.size(), 2) +
           Little(entries.size(), 2) + Little(directory.size(), 4) + Little(files.size(), 4) +
           Little(comment.size(), 2) + std::string(comment);
}
inline std::string Docx() {
    return Zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}});
}
inline std::string Xlsx() {
    return Zip({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<w/>"}});
}
inline std::string Odt() {
    return Zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<o/>"}});
}

// What every scanner of viruses finds, and harms nobody; in two parts, or it would find this file.
inline std::string Eicar() {
    return "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-"s + "ANTIVIRUS-TEST-FILE!$H+H*";
}

}  // namespace livery::service_desk::testing
